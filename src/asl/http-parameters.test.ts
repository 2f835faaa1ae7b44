import { describe, expect, it } from "vitest";
import type { Json } from "../json/json.ts";
import { httpParameterProblems, type Notation } from "./http-parameters.ts";
import { parseDefinition } from "./parse-definition.ts";

const CONNECTION = "arn:aws:events:us-east-1:123456789012:connection/crm/81210c42-8af1-456b";
const GOOD = {
  ApiEndpoint: "https://api.example.com/v1/customers?limit=3",
  Method: "POST",
  InvocationConfig: { ConnectionArn: CONNECTION },
  Headers: { "content-type": "application/json", "x-list": ["a", 1, true] },
  QueryParameters: { currency: "usd", page: 2, tag: ["a", "b"] },
  RequestBody: "anything",
  Transform: {
    RequestBodyEncoding: "URL_ENCODED",
    RequestEncodingOptions: { ArrayFormat: "COMMAS" },
  },
};

function problems(change: object, notation: Notation = "None"): string[] {
  const parameters = { ...GOOD, ...change } as Record<string, Json | undefined>;
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined);
  return httpParameterProblems(Object.fromEntries(given) as Json, notation).map(
    ({ at, message }) => `${at}: ${message}`,
  );
}

describe("parameters of http:invoke", () => {
  it("may be all that AWS documents", () => {
    expect(problems({})).toEqual([]);
    expect(
      problems({ InvocationConfig: undefined, Authentication: { ConnectionArn: CONNECTION } }),
    ).toEqual([]);
    expect(problems({ Headers: null, QueryParameters: null, Transform: null })).toEqual([]);
    expect(problems({ Headers: {}, QueryParameters: {}, Transform: {} })).toEqual([]);
  });

  it("name every required field that is missing", () => {
    expect(httpParameterProblems({}, "None").map(({ message }) => message)).toEqual([
      "The field 'ApiEndpoint' is required but was missing",
      "The field 'Method' is required but was missing",
      "The field 'InvocationConfig' is required but was missing",
    ]);
    expect(httpParameterProblems("text", "None")).toHaveLength(1);
  });

  it.each<[string, object]>([
    [": The field 'Body' is not supported by Step Functions", { Body: {} }],
    [": The value for the field 'ApiEndpoint' must be a STRING", { ApiEndpoint: 1 }],
    [": The value of the field 'ApiEndpoint' has an invalid format", { ApiEndpoint: "api.com" }],
    [": The value of the field 'ApiEndpoint' has an invalid format", { ApiEndpoint: "ftp://a" }],
    [
      ": The value of the field 'ApiEndpoint' has an invalid format",
      { ApiEndpoint: "https://user:password@api.example.com/" },
    ],
    [
      ": The field 'Method' should have one of these values: [GET, POST, PUT, DELETE, PATCH, OPTIONS, HEAD]",
      { Method: "get" },
    ],
    [
      ": There should only be one of the following fields: [Authentication, InvocationConfig]",
      { Authentication: { ConnectionArn: CONNECTION } },
    ],
    [
      "/InvocationConfig: The field 'ConnectionArn' is required but was missing",
      { InvocationConfig: {} },
    ],
    [
      "/InvocationConfig: The value of the field 'ConnectionArn' has an invalid format",
      { InvocationConfig: { ConnectionArn: "arn:aws:lambda:us-east-1:123456789012:function:f" } },
    ],
    [
      "/InvocationConfig: The field 'Name' is not supported by Step Functions",
      { InvocationConfig: { ConnectionArn: CONNECTION, Name: "crm" } },
    ],
    [": The value for the field 'InvocationConfig' must be an OBJECT", { InvocationConfig: 5 }],
    [": The value of the field 'Headers' has an invalid format", { Headers: "a: b" }],
    [": The value of the field 'Headers' has an invalid format", { Headers: { a: { b: 1 } } }],
    [": The value of the field 'QueryParameters' has an invalid format", { QueryParameters: [] }],
    [
      "/Transform: The field 'RequestBodyEncoding' should have one of these values: [NONE, URL_ENCODED]",
      { Transform: { RequestBodyEncoding: "BASE64" } },
    ],
    [
      "/Transform/RequestEncodingOptions: The field 'ArrayFormat' should have one of these values: [INDICES, REPEAT, COMMAS, BRACKETS]",
      { Transform: { RequestEncodingOptions: { ArrayFormat: "NONE" } } },
    ],
  ])("%s", (expected, change) => {
    expect(problems(change)).toEqual([expected]);
  });

  it("hold no header that is AWS's own, or the connection's", () => {
    const names = ["Authorization", "HOST", "Accept-Encoding", "X-Forwarded-For", "x-amz-date"];
    const Headers = Object.fromEntries(
      [...names, "Accept", "User-Agent", "Range"].map((n) => [n, "x"]),
    );
    expect(problems({ Headers })).toEqual([
      ": The 'Headers' field contains unsupported values: [authorization, host, accept-encoding, x-forwarded-for, x-amz-date]",
    ]);
  });

  it("are not judged before they are known", () => {
    const later = {
      ApiEndpoint: undefined,
      "ApiEndpoint.$": "$.url",
      Method: undefined,
      "Method.$": "$.method",
      InvocationConfig: { "ConnectionArn.$": "$.arn" },
      Headers: { "x.$": "$.x" },
      "QueryParameters.$": "$.query",
      QueryParameters: undefined,
      Transform: { "RequestEncodingOptions.$": "$.options" },
    };
    expect(problems(later, "JSONPath")).toEqual([]);
    const jsonata = Object.fromEntries(Object.keys(GOOD).map((name) => [name, "{% $x %}"]));
    expect(problems(jsonata, "JSONata")).toEqual([]);
    expect(problems({ "Authorization.$": "$.x" }, "JSONPath")).toEqual([
      ": The field 'Authorization' is not supported by Step Functions",
    ]);
    expect(problems({ Headers: { "Authorization.$": "$.x" } }, "JSONPath")).toHaveLength(1);
  });
});

describe("a definition with http:invoke", () => {
  function diagnostics(state: object): string[] {
    const text = JSON.stringify({
      StartAt: "Call",
      States: {
        Call: { Type: "Task", Resource: "arn:aws:states:::http:invoke", End: true, ...state },
      },
    });
    return parseDefinition(text, { type: "STANDARD" }).diagnostics.map(
      ({ severity, code, message, location }) => `${severity} ${code} ${message} at ${location}`,
    );
  }

  it("is checked when it is created", () => {
    expect(diagnostics({ Parameters: GOOD })).toEqual([]);
    expect(diagnostics({ Parameters: { ...GOOD, Transform: { X: 1 }, Method: "x" } })).toEqual([
      "ERROR SCHEMA_VALIDATION_FAILED The field 'Method' should have one of these values: " +
        "[GET, POST, PUT, DELETE, PATCH, OPTIONS, HEAD] at /States/Call/Parameters",
      "ERROR SCHEMA_VALIDATION_FAILED The field 'X' is not supported by Step Functions " +
        "at /States/Call/Parameters/Transform",
    ]);
    expect(diagnostics({ QueryLanguage: "JSONata", Arguments: { Method: "{% 'GET' %}" } })).toEqual(
      [
        "ERROR SCHEMA_VALIDATION_FAILED The field 'ApiEndpoint' is required but was missing at /States/Call/Arguments",
        "ERROR SCHEMA_VALIDATION_FAILED The field 'InvocationConfig' is required but was missing at /States/Call/Arguments",
      ],
    );
  });

  it("may take all of its parameters from the input", () => {
    expect(diagnostics({})).toEqual([]);
  });
});
