import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type AwsAnswer, AwsFixture } from "../../delivery/testing/aws-fixture.ts";
import { createAwsCaller } from "../aws/create-aws-caller.ts";
import type { AwsCaller } from "../aws/aws-caller.ts";
import type { Connection } from "./connection.ts";
import { EventBridgeConnections } from "./eventbridge-connections.ts";

const SECRET_ARN =
  "arn:aws:secretsmanager:us-east-1:123456789012:secret:events!connection/crm/298709a5-C4OgpL";

let fixture: AwsFixture;
let aws: AwsCaller;
let connections: EventBridgeConnections;
let now = 0;

beforeEach(async () => {
  fixture = new AwsFixture();
  const environment = { AWS_ENDPOINT_URL: await fixture.open() };
  aws = createAwsCaller({ region: "us-east-1", environment });
  connections = new EventBridgeConnections(aws, () => now);
});

afterEach(async () => {
  aws.close();
  await fixture.close();
});

function answerWith(described: object, secret: object): void {
  fixture.answer = ({ operation }): AwsAnswer => ({
    status: 200,
    body:
      operation === "DescribeConnection"
        ? { Name: "crm", ConnectionState: "AUTHORIZED", SecretArn: SECRET_ARN, ...described }
        : { ARN: SECRET_ARN, SecretString: JSON.stringify(secret) },
  });
}

const find = (): Promise<Connection> =>
  connections.find(
    "arn:aws:events:us-east-1:123456789012:connection/crm/1d296ce9-feb5-484a",
    new AbortController().signal,
  );

describe("a connection of EventBridge", () => {
  it("is put together from its description and its secret", async () => {
    answerWith(
      {
        AuthorizationType: "BASIC",
        AuthParameters: {
          BasicAuthParameters: { Username: "owned-user" },
          InvocationHttpParameters: {
            HeaderParameters: [
              { Key: "x-shared", Value: "connection-header", IsValueSecret: false },
              { Key: "x-secret", IsValueSecret: true },
            ],
            QueryStringParameters: [{ Key: "q", Value: "1", IsValueSecret: false }],
          },
        },
      },
      {
        username: "owned-user",
        password: "owned-password",
        invocation_http_parameters: {
          header_parameters: [
            { key: "x-shared", value: "connection-header", is_value_secret: false },
            { key: "x-secret", value: "hidden", is_value_secret: true },
          ],
          body_parameters: [{ key: "b", value: "2" }],
        },
      },
    );
    expect(await find()).toEqual({
      name: "crm",
      authorization: { type: "BASIC", username: "owned-user", password: "owned-password" },
      parameters: {
        headers: [
          ["x-shared", "connection-header"],
          ["x-secret", "hidden"],
        ],
        query: [["q", "1"]],
        body: [["b", "2"]],
      },
      hosts: undefined,
    });
    expect(fixture.requests).toEqual([
      { operation: "DescribeConnection", input: { Name: "crm" } },
      { operation: "GetSecretValue", input: { SecretId: SECRET_ARN } },
    ]);
  });

  it("may have an API key", async () => {
    answerWith(
      {
        AuthorizationType: "API_KEY",
        AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: "x-key" } },
      },
      { api_key_name: "x-key", api_key_value: "v" },
    );
    expect((await find()).authorization).toEqual({
      type: "API_KEY",
      apiKeyName: "x-key",
      apiKeyValue: "v",
    });
  });

  it.each([
    { client_id: "id", client_secret: "s" },
    { client_parameters: { client_i_d: "id", client_secret: "s" } },
  ])("may be an OAuth client, its secret kept as %j", async (secret) => {
    answerWith(
      {
        AuthorizationType: "OAUTH_CLIENT_CREDENTIALS",
        AuthParameters: {
          OAuthParameters: {
            ClientParameters: { ClientID: "id" },
            AuthorizationEndpoint: "https://login.example.com/token",
            HttpMethod: "GET",
            OAuthHttpParameters: { BodyParameters: [{ Key: "scope", Value: "all" }] },
          },
        },
      },
      secret,
    );
    expect((await find()).authorization).toEqual({
      type: "OAUTH_CLIENT_CREDENTIALS",
      authorizationEndpoint: "https://login.example.com/token",
      httpMethod: "GET",
      clientId: "id",
      clientSecret: "s",
      parameters: { headers: [], query: [], body: [["scope", "all"]] },
    });
  });

  it("is asked for again after a minute", async () => {
    answerWith({ AuthorizationType: "API_KEY" }, { api_key_name: "a", api_key_value: "b" });
    await find();
    now += 59_999;
    await find();
    expect(fixture.requests).toHaveLength(2);
    now += 1;
    await find();
    expect(fixture.requests).toHaveLength(4);
  });
});

describe("what fails", () => {
  it.each([
    ["ResourceNotFoundException", "ResourceNotFound"],
    ["AccessDeniedException", "AccessDenied"],
    ["ValidationException", "InternalError"],
  ])("%s is the error %s", async (code, error) => {
    fixture.answer = () => ({ status: 400, body: { __type: code, message: "No: crm" } });
    await expect(find()).rejects.toMatchObject({
      error: `Events.ConnectionResource.${error}`,
      message: expect.stringContaining("No: crm") as string,
    });
  });

  it("a connection that is not authorized", async () => {
    answerWith({ ConnectionState: "DEAUTHORIZED" }, {});
    await expect(find()).rejects.toMatchObject({
      error: "Events.ConnectionResource.InvalidConnectionState",
      message: `The connection 'crm' is not AUTHORIZED, but "DEAUTHORIZED"`,
    });
  });

  it.each(["API_KEY", "BASIC", "OAUTH_CLIENT_CREDENTIALS", "MTLS"])(
    "a secret without what %s needs",
    async (AuthorizationType) => {
      answerWith({ AuthorizationType }, { other: "hidden" });
      await expect(find()).rejects.toMatchObject({
        error: "Events.ConnectionResource.InternalError",
        message: expect.not.stringContaining("hidden") as string,
      });
    },
  );
});
