/** AWS SDK actions of services that speak the Query protocol or REST with XML. */
import { type SdkAction, xml } from "./sdk-action.ts";

const META = "<ResponseMetadata><RequestId>request-1</RequestId></ResponseMetadata>";
const ROLE = "arn:aws:iam::123456789012:role/r";

export const QUERY_ACTIONS: readonly SdkAction[] = [
  {
    service: "sns",
    action: "publish",
    parameters: {
      TopicArn: "arn:aws:sns:us-east-1:123456789012:alerts",
      Subject: "Alert",
      Message: "a=1&b=2 \u03c0 + more",
      MessageAttributes: {
        kind: { DataType: "String", StringValue: "order" },
        raw: { DataType: "Binary", BinaryValue: "bytes" },
      },
    },
    answer: xml(
      `<PublishResponse><PublishResult><MessageId>m-1</MessageId></PublishResult>${META}</PublishResponse>`,
    ),
    output: { MessageId: "m-1" },
  },
  {
    service: "sns",
    action: "createTopic",
    parameters: {
      Name: "alerts",
      Attributes: { DisplayName: "Alerts" },
      Tags: [
        { Key: "a", Value: "1" },
        { Key: "b", Value: "" },
      ],
    },
  },
  {
    service: "sns",
    action: "getTopicAttributes",
    parameters: { TopicArn: "arn:aws:sns:us-east-1:123456789012:alerts" },
    answer: xml(
      `<GetTopicAttributesResponse><GetTopicAttributesResult><Attributes>` +
        `<entry><key>Owner</key><value>123456789012</value></entry>` +
        `<entry><key>lowerCase</key><value>&lt;x&gt;</value></entry>` +
        `</Attributes></GetTopicAttributesResult>${META}</GetTopicAttributesResponse>`,
    ),
    output: { Attributes: { Owner: "123456789012", lowerCase: "<x>" } },
  },
  {
    service: "iam",
    action: "createRole",
    parameters: {
      RoleName: "r",
      AssumeRolePolicyDocument: '{"Version":"2012-10-17"}',
      MaxSessionDuration: 3600,
      Tags: [{ Key: "team", Value: "shop" }],
    },
  },
  {
    service: "iam",
    action: "simulatePrincipalPolicy",
    parameters: {
      PolicySourceArn: ROLE,
      ActionNames: ["s3:GetObject", "s3:PutObject"],
      ContextEntries: [
        { ContextKeyName: "aws:k", ContextKeyValues: ["1", "2"], ContextKeyType: "numericList" },
      ],
    },
  },
  {
    service: "iam",
    action: "getUser",
    parameters: { UserName: "ann" },
    answer: xml(
      `<GetUserResponse><GetUserResult><User><Path>/</Path><UserName>ann</UserName>` +
        `<CreateDate>2026-01-02T03:04:05Z</CreateDate>` +
        `<Tags><member><Key>team</Key><Value>shop</Value></member></Tags>` +
        `</User></GetUserResult>${META}</GetUserResponse>`,
    ),
    output: {
      User: {
        Path: "/",
        UserName: "ann",
        CreateDate: "2026-01-02T03:04:05Z",
        Tags: [{ Key: "team", Value: "shop" }],
      },
    },
  },
  {
    service: "sts",
    action: "assumeRole",
    parameters: {
      RoleArn: ROLE,
      RoleSessionName: "session",
      DurationSeconds: 900,
      PolicyArns: [{ Arn: "arn:aws:iam::aws:policy/ReadOnlyAccess" }],
      Tags: [{ Key: "a", Value: "1" }],
    },
  },
  {
    service: "sts",
    action: "getCallerIdentity",
    parameters: {},
    answer: xml(
      `<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:root</Arn>` +
        `<UserId>u</UserId><Account>012345678901</Account></GetCallerIdentityResult>${META}</GetCallerIdentityResponse>`,
    ),
    output: { Arn: "arn:aws:iam::123456789012:root", UserId: "u", Account: "012345678901" },
  },
  {
    service: "rds",
    action: "describeDBInstances",
    parameters: {
      DbInstanceIdentifier: "db-1",
      Filters: [{ Name: "engine", Values: ["mysql", "postgres"] }],
      MaxRecords: 20,
    },
    reference: {
      DBInstanceIdentifier: "db-1",
      Filters: [{ Name: "engine", Values: ["mysql", "postgres"] }],
      MaxRecords: 20,
    },
    answer: xml(
      `<DescribeDBInstancesResponse><DescribeDBInstancesResult><DBInstances><DBInstance>` +
        `<DBInstanceIdentifier>db-1</DBInstanceIdentifier><AllocatedStorage>20</AllocatedStorage>` +
        `<MultiAZ>false</MultiAZ><InstanceCreateTime>2026-01-02T03:04:05.678Z</InstanceCreateTime>` +
        `<Endpoint><Address>db.local</Address><Port>5432</Port></Endpoint>` +
        `</DBInstance></DBInstances></DescribeDBInstancesResult>${META}</DescribeDBInstancesResponse>`,
    ),
    output: {
      DbInstances: [
        {
          DbInstanceIdentifier: "db-1",
          AllocatedStorage: 20,
          MultiAZ: false,
          InstanceCreateTime: "2026-01-02T03:04:05.678Z",
          Endpoint: { Address: "db.local", Port: 5432 },
        },
      ],
    },
  },
  {
    service: "rds",
    action: "createDBSnapshot",
    parameters: { DbInstanceIdentifier: "db-1", DbSnapshotIdentifier: "s-1", Tags: [] },
    reference: { DBInstanceIdentifier: "db-1", DBSnapshotIdentifier: "s-1", Tags: [] },
  },
  {
    service: "cloudformation",
    action: "createStack",
    parameters: {
      StackName: "shop",
      TemplateBody: '{"Resources":{}}',
      Parameters: [{ ParameterKey: "Size", ParameterValue: "2", UsePreviousValue: false }],
      Capabilities: ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
      DisableRollback: true,
      TimeoutInMinutes: 5,
    },
  },
];

export const REST_XML_ACTIONS: readonly SdkAction[] = [
  {
    service: "s3",
    action: "putObject",
    parameters: {
      Bucket: "orders",
      Key: "2026/a b+c.json",
      ContentType: "application/json",
      Metadata: { kind: "order" },
      StorageClass: "STANDARD_IA",
      Body: { id: 1, name: "\u03c0" },
    },
    reference: {
      Bucket: "orders",
      Key: "2026/a b+c.json",
      ContentType: "application/json",
      Metadata: { kind: "order" },
      StorageClass: "STANDARD_IA",
      Body: '{"id":1,"name":"\u03c0"}',
    },
    answer: {
      headers: { etag: '"3791866338839fe2a2751bf09f2981d7"', "x-amz-version-id": "v-1" },
      body: "",
    },
    output: { ETag: '"3791866338839fe2a2751bf09f2981d7"', VersionId: "v-1" },
  },
  {
    service: "s3",
    action: "getObject",
    parameters: { Bucket: "orders", Key: "a", Range: "bytes=0-99", VersionId: "v/1" },
    answer: {
      headers: {
        "accept-ranges": "bytes",
        "content-length": "9",
        "content-type": "application/json",
        "last-modified": "Fri, 02 Jan 2026 03:04:05 GMT",
        etag: '"e"',
        "x-amz-meta-kind": "Order",
      },
      body: '{"id": 1}',
    },
    output: {
      AcceptRanges: "bytes",
      ContentLength: 9,
      ContentType: "application/json",
      LastModified: "2026-01-02T03:04:05Z",
      ETag: '"e"',
      Metadata: { kind: "Order" },
      Body: '{"id": 1}',
    },
  },
  {
    service: "s3",
    action: "listObjectsV2",
    parameters: { Bucket: "orders", Prefix: "2026/", MaxKeys: 2, FetchOwner: true },
    answer: xml(
      `<ListBucketResult><Name>orders</Name><Prefix>2026/</Prefix><MaxKeys>2</MaxKeys>` +
        `<KeyCount>1</KeyCount><IsTruncated>false</IsTruncated><Contents><Key>2026/a</Key>` +
        `<LastModified>2026-01-02T03:04:05.000Z</LastModified><ETag>&quot;e&quot;</ETag>` +
        `<Size>11</Size><Owner><ID>me</ID></Owner><StorageClass>STANDARD</StorageClass></Contents>` +
        `</ListBucketResult>`,
    ),
    output: {
      Name: "orders",
      Prefix: "2026/",
      MaxKeys: 2,
      KeyCount: 1,
      IsTruncated: false,
      Contents: [
        {
          Key: "2026/a",
          LastModified: "2026-01-02T03:04:05Z",
          ETag: '"e"',
          Size: 11,
          Owner: { Id: "me" },
          StorageClass: "STANDARD",
        },
      ],
    },
  },
  {
    service: "s3",
    action: "deleteObjects",
    parameters: {
      Bucket: "orders",
      Delete: { Objects: [{ Key: "a&b" }, { Key: "c", VersionId: "v" }], Quiet: true },
    },
  },
  {
    service: "s3",
    action: "copyObject",
    parameters: {
      Bucket: "orders",
      Key: "copy",
      CopySource: "orders/a",
      MetadataDirective: "REPLACE",
      Metadata: { a: "1" },
      CopySourceIfModifiedSince: "2026-01-02T03:04:05Z",
    },
    answer: xml(
      `<CopyObjectResult><LastModified>2026-01-02T03:04:05.000Z</LastModified><ETag>"e"</ETag></CopyObjectResult>`,
    ),
    output: { CopyObjectResult: { LastModified: "2026-01-02T03:04:05Z", ETag: '"e"' } },
  },
  {
    service: "s3",
    action: "putBucketLifecycleConfiguration",
    parameters: {
      Bucket: "orders",
      LifecycleConfiguration: {
        Rules: [
          {
            Id: "old",
            Status: "Enabled",
            Filter: { And: { Prefix: "logs/", Tags: [{ Key: "k", Value: "v" }] } },
            Transitions: [
              { Days: 30, StorageClass: "STANDARD_IA" },
              { Date: "2027-01-01T00:00:00Z", StorageClass: "GLACIER" },
            ],
            Expiration: { Days: 365 },
          },
        ],
      },
    },
    reference: {
      Bucket: "orders",
      LifecycleConfiguration: {
        Rules: [
          {
            ID: "old",
            Status: "Enabled",
            Filter: { And: { Prefix: "logs/", Tags: [{ Key: "k", Value: "v" }] } },
            Transitions: [
              { Days: 30, StorageClass: "STANDARD_IA" },
              { Date: "2027-01-01T00:00:00Z", StorageClass: "GLACIER" },
            ],
            Expiration: { Days: 365 },
          },
        ],
      },
    },
  },
  {
    service: "s3",
    action: "putObjectTagging",
    parameters: {
      Bucket: "orders",
      Key: "a",
      Tagging: { TagSet: [{ Key: "k", Value: "<v>" }] },
    },
  },
  {
    service: "route53",
    action: "changeResourceRecordSets",
    parameters: {
      HostedZoneId: "Z1",
      ChangeBatch: {
        Comment: "move",
        Changes: [
          {
            Action: "UPSERT",
            ResourceRecordSet: {
              Name: "www.example.org",
              Type: "A",
              Ttl: 60,
              ResourceRecords: [{ Value: "192.0.2.1" }, { Value: "192.0.2.2" }],
            },
          },
        ],
      },
    },
    reference: {
      HostedZoneId: "Z1",
      ChangeBatch: {
        Comment: "move",
        Changes: [
          {
            Action: "UPSERT",
            ResourceRecordSet: {
              Name: "www.example.org",
              Type: "A",
              TTL: 60,
              ResourceRecords: [{ Value: "192.0.2.1" }, { Value: "192.0.2.2" }],
            },
          },
        ],
      },
    },
  },
  {
    service: "route53",
    action: "listHostedZones",
    // A text on AWS: the SDK for Java, which Step Functions uses, has another model here.
    parameters: { MaxItems: 10, Marker: "Z0" },
    reference: { MaxItems: "10", Marker: "Z0" },
    answer: xml(
      `<ListHostedZonesResponse><HostedZones><HostedZone><Id>/hostedzone/Z1</Id><Name>example.org.</Name>` +
        `<CallerReference>c</CallerReference><Config><PrivateZone>true</PrivateZone></Config>` +
        `<ResourceRecordSetCount>4</ResourceRecordSetCount></HostedZone></HostedZones>` +
        `<Marker>Z0</Marker><IsTruncated>false</IsTruncated><MaxItems>10</MaxItems></ListHostedZonesResponse>`,
    ),
    output: {
      HostedZones: [
        {
          Id: "/hostedzone/Z1",
          Name: "example.org.",
          CallerReference: "c",
          Config: { PrivateZone: true },
          ResourceRecordSetCount: 4,
        },
      ],
      Marker: "Z0",
      IsTruncated: false,
      MaxItems: 10,
    },
  },
];
