import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { projectRoot } from "../../../test/support/source-files.ts";
import { javaExceptionName, javaMemberName, javaServiceName } from "./java-names.ts";

// Ids of the services' models; names from "Supported AWS SDK service integrations" in the Developer Guide.
const SERVICES = `
  ACM: Acm | ACM PCA: AcmPca | AccessAnalyzer: AccessAnalyzer | API Gateway: ApiGateway
  ApiGatewayV2: ApiGatewayV2 | AppStream: AppStream | AppSync: AppSync | amp: Amp
  Application Auto Scaling: ApplicationAutoScaling
  Application Discovery Service: ApplicationDiscovery | Auto Scaling: AutoScaling | b2bi: B2Bi
  billingconductor: Billingconductor | CloudFront KeyValueStore: CloudFrontKeyValueStore
  CloudHSM V2: CloudHsmV2 | CloudWatch Logs: CloudWatchLogs | codeartifact: Codeartifact
  CodeStar connections: CodeStarConnections | Cognito Identity Provider: CognitoIdentityProvider
  Config Service: Config | Cost and Usage Report Service: CostAndUsageReport
  Cost Explorer: CostExplorer | Database Migration Service: DatabaseMigration
  Directory Service: Directory | Directory Service Data: DirectoryServiceData | DocDB: DocDb
  DocDB Elastic: DocDbElastic | DynamoDB: DynamoDb | DynamoDB Streams: DynamoDbStreams | EC2: Ec2
  EC2 Instance Connect: Ec2InstanceConnect | ECR PUBLIC: EcrPublic | ElastiCache: ElastiCache
  Elastic Load Balancing v2: ElasticLoadBalancingV2 | Elasticsearch Service: Elasticsearch
  EMR containers: EmrContainers | EventBridge: EventBridge | FSx: FSx | imagebuilder: Imagebuilder
  Inspector2: Inspector2 | IoT: Iot | IoTAnalytics: IoTAnalytics | IoT Events Data: IotEventsData
  ivschat: Ivschat | Kinesis Analytics V2: KinesisAnalyticsV2
  Lex Model Building Service: LexModelBuilding | Lex Models V2: LexModelsV2
  Lex Runtime Service: LexRuntime | m2: M2 | Macie2: Macie2 | MTurk: MTurk | mgn: Mgn
  OpsWorksCM: OpsWorksCm | QLDB Session: QldbSession | RDS Data: RdsData
  Resource Explorer 2: ResourceExplorer2 | Route 53: Route53 | Route53Resolver: Route53Resolver
  S3: S3 | S3 Control: S3Control | SageMaker A2I Runtime: SageMakerA2IRuntime
  Secrets Manager: SecretsManager | SES: Ses | SESv2: SesV2 | SFN: Sfn | SNS: Sns | SQS: Sqs | SSM: Ssm
  SSO OIDC: SsoOidc | Timestream InfluxDB: TimestreamInfluxDb | WAFV2: Wafv2 | XRay: XRay
`
  .trim()
  .split(/\s*[|\n]\s*/)
  .map((line) => line.split(": ") as [id: string, name: string]);

describe("the name of a service", () => {
  it.each(SERVICES)("%s is %s", (id, name) => {
    expect(javaServiceName(id)).toBe(name);
  });

  it("is, in lower case, that of its package without hyphens and a final 'service'", () => {
    const scope = `${projectRoot}/node_modules/@aws-sdk`;
    const names = readdirSync(scope).filter((folder) => folder.startsWith("client-"));
    const differing = names.filter((folder) => {
      const text = readFileSync(`${scope}/${folder}/dist-cjs/index.js`, "utf8");
      const id = /serviceId: config\?\.serviceId \?\? "([^"]+)"/.exec(text)?.[1] ?? "";
      const compact = folder
        .replace(/^client-/, "")
        .replaceAll("-", "")
        .replace(/service$/, "");
      return javaServiceName(id).toLowerCase() !== compact;
    });
    expect(names.length).toBeGreaterThan(7);
    expect(differing).toEqual([]);
  });
});

describe("the name of an error", () => {
  it.each([
    ["NoSuchKey", "NoSuchKeyException"],
    ["ConditionalCheckFailedException", "ConditionalCheckFailedException"],
    ["DBInstanceNotFoundFault", "DbInstanceNotFoundException"],
    ["KMSInvalidStateException", "KmsInvalidStateException"],
    ["AWSOrganizationsNotInUseException", "AwsOrganizationsNotInUseException"],
    ["EC2ThrottledException", "Ec2ThrottledException"],
    ["QueueDoesNotExist", "QueueDoesNotExistException"],
  ])("%s is %s", (shape, name) => {
    expect(javaExceptionName(shape)).toBe(name);
  });
});

describe("the name of a member", () => {
  it.each([
    // recorded from AWS
    ["MD5OfMessageBody", "Md5OfMessageBody"],
    ["ETag", "ETag"],
    ["ID", "Id"],
    ["ChecksumCRC32", "ChecksumCRC32"],
    // the SDK's rule
    ["stateMachineArn", "StateMachineArn"],
    ["ARN", "Arn"],
    ["DBInstances", "DbInstances"],
    ["SS", "Ss"],
    ["BOOL", "Bool"],
    ["S", "S"],
    ["CIDRIP", "Cidrip"],
    // words that Java has taken already
    ["Equals", "EqualsValue"],
    ["default", "DefaultValue"],
    ["Public", "PublicValue"],
    ["toString", "ToStringValue"],
  ])("%s is %s", (member, name) => {
    expect(javaMemberName(member)).toBe(name);
  });
});
