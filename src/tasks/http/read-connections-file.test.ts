import { expect, it } from "vitest";
import { readConnectionsFile } from "./read-connections-file.ts";

const ENVIRONMENT = {
  KEY: "canary-key",
  PASSWORD: "canary-password",
  SECRET: "canary-secret",
  EMPTY: "",
};

const read = (text: string) => readConnectionsFile("c.yaml", text, ENVIRONMENT);

it("reads every type of connection, secrets out of the environment", () => {
  const { connections, problems } = read(`
stateMachines: { }
connections:
  Stripe:
    type: API_KEY
    apiKeyName: Authorization
    apiKeyValue: \${env:KEY}
    hosts: [api.stripe.com, "*.example.com:8443"]
    headerParameters:
      x-tenant: tenant-\${env:SECRET}
    queryStringParameters: { page: 1 }
    bodyParameters: { live: true }
  crm:
    type: BASIC
    username: me
    password: \${env:PASSWORD}
  erp:
    type: OAUTH_CLIENT_CREDENTIALS
    authorizationEndpoint: https://login.example.com/token
    httpMethod: PUT
    clientId: id
    clientSecret: "\${env:SECRET}"
    oauthHttpParameters:
      bodyParameters: { scope: all }
`);
  expect(problems).toEqual([]);
  expect(connections).toEqual([
    {
      name: "Stripe",
      authorization: { type: "API_KEY", apiKeyName: "Authorization", apiKeyValue: "canary-key" },
      parameters: {
        headers: [["x-tenant", "tenant-canary-secret"]],
        query: [["page", "1"]],
        body: [["live", "true"]],
      },
      hosts: [
        { type: "Host", name: "api.stripe.com", port: undefined },
        { type: "Host", name: "*.example.com", port: 8443 },
      ],
    },
    {
      name: "crm",
      authorization: { type: "BASIC", username: "me", password: "canary-password" },
      parameters: { headers: [], query: [], body: [] },
      hosts: undefined,
    },
    {
      name: "erp",
      authorization: {
        type: "OAUTH_CLIENT_CREDENTIALS",
        authorizationEndpoint: "https://login.example.com/token",
        httpMethod: "PUT",
        clientId: "id",
        clientSecret: "canary-secret",
        parameters: { headers: [], query: [], body: [["scope", "all"]] },
      },
      parameters: { headers: [], query: [], body: [] },
      hosts: undefined,
    },
  ]);
});

it("reads JSON, and nothing out of files that are there for something else", () => {
  const basic = { type: "BASIC", username: "u", password: "${env:PASSWORD}" };
  expect(read(JSON.stringify({ connections: { crm: basic } })).connections).toHaveLength(1);
  for (const text of ["", "# nothing", "functions: {}", "connections:"]) {
    expect(readConnectionsFile("c.yaml", text, ENVIRONMENT, true)).toEqual({
      connections: [],
      problems: [],
    });
  }
});

it.each([
  ["c.yaml:1: is neither YAML nor JSON", "{"],
  ["c.yaml:1: the file must be a mapping with the key 'connections'", "[]"],
  ["c.yaml:1: the file must be a mapping with the key 'connections'", "conections: {}"],
  ["c.yaml:1: the file must be a mapping with the key 'connections'", ""],
  [
    "c.yaml:1: connections must be a mapping of names of connections to their settings",
    "connections: [a]",
  ],
  [
    "c.yaml:2: connections.a b is no name: use 1-64 letters, digits, ., - and _",
    "connections:\n  a b:\n    type: BASIC\n    username: u\n    password: ${env:KEY}",
  ],
  [
    "c.yaml:3: connections.a.type must be one of API_KEY, BASIC, OAUTH_CLIENT_CREDENTIALS",
    "connections:\n  a:\n    type: MTLS",
  ],
  [
    "c.yaml:5: connections.a.passwort is not known; the fields are type, hosts, headerParameters, " +
      "queryStringParameters, bodyParameters, username, password",
    "connections:\n  a:\n    type: BASIC\n    username: u\n    passwort: x\n    password: ${env:KEY}",
  ],
  [
    "c.yaml:4: connections.a.password is a secret and must not stand in the file; " +
      "put it into an environment variable and write ${env:NAME}",
    "connections:\n  a:\n    type: BASIC\n    password: hunter2\n    username: u",
  ],
  [
    "c.yaml:4: connections.a.password is a secret and must not stand in the file; " +
      "put it into an environment variable and write ${env:NAME}",
    "connections:\n  a:\n    type: BASIC\n    password: hunter2-${env:KEY}\n    username: u",
  ],
  [
    "c.yaml:4: connections.a.password needs the environment variable NOT_THERE, which is not set",
    "connections:\n  a:\n    type: BASIC\n    password: ${env:NOT_THERE}\n    username: u",
  ],
  [
    "c.yaml:4: connections.a.password needs the environment variable EMPTY, which is not set",
    "connections:\n  a:\n    type: BASIC\n    password: ${env:EMPTY}\n    username: u",
  ],
  [
    "c.yaml:2: connections.a.username is missing",
    "connections:\n  a:\n    type: BASIC\n    password: ${env:KEY}",
  ],
  [
    "c.yaml:4: connections.a.apiKeyName must be the name of a header",
    "connections:\n  a:\n    type: API_KEY\n    apiKeyName: x y\n    apiKeyValue: ${env:KEY}",
  ],
  [
    "c.yaml:4: connections.a.hosts must be a list of hosts such as [api.example.com]",
    "connections:\n  a:\n    type: BASIC\n    hosts: api.example.com\n    username: u\n    password: ${env:KEY}",
  ],
  [
    "c.yaml:4: connections.a.hosts.0 give HOST[:PORT], ADDRESS[:PORT] or a network such as 10.0.0.0/8, not 'https://x'",
    "connections:\n  a:\n    type: BASIC\n    hosts: ['https://x']\n    username: u\n    password: ${env:KEY}",
  ],
  [
    "c.yaml:5: connections.a.headerParameters.x y is no name of a header",
    "connections:\n  a:\n    type: BASIC\n    headerParameters:\n      x y: 1\n    username: u\n    password: ${env:KEY}",
  ],
  [
    "c.yaml:4: connections.a.authorizationEndpoint must be an https URL without a user name",
    "connections:\n  a:\n    type: OAUTH_CLIENT_CREDENTIALS\n    authorizationEndpoint: https://u:p@x/\n    clientId: i\n    clientSecret: ${env:KEY}",
  ],
])("%s", (problem, text) => {
  const { connections, problems } = read(text);
  expect(problems).toContain(problem);
  expect(connections).toEqual([]);
  expect(problems.join("\n")).not.toMatch(/hunter2|canary/);
});

it("keeps the connections that are well", () => {
  const { connections, problems } = read(
    "connections:\n  a:\n    type: X\n  b:\n    type: BASIC\n    username: u\n    password: ${env:KEY}",
  );
  expect(problems).toHaveLength(1);
  expect(connections.map(({ name }) => name)).toEqual(["b"]);
});
