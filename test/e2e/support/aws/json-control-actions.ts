/** AWS SDK actions of services that speak AWS JSON 1.0 and 1.1: control planes, analysis, media. */
import { json, SECONDS, type SdkAction } from "./sdk-action.ts";

export const JSON_CONTROL_ACTIONS: readonly SdkAction[] = [
  {
    service: "ecs",
    action: "registerTaskDefinition",
    parameters: {
      Family: "work",
      NetworkMode: "awsvpc",
      RequiresCompatibilities: ["FARGATE"],
      Cpu: "256",
      Memory: "512",
      ContainerDefinitions: [
        {
          Name: "main",
          Image: "busybox",
          Essential: true,
          PortMappings: [{ ContainerPort: 80, Protocol: "tcp" }],
          Environment: [{ Name: "A", Value: "1" }],
          LogConfiguration: { LogDriver: "awslogs", Options: { "awslogs-group": "g" } },
        },
      ],
    },
  },
  {
    service: "ecs",
    action: "describeClusters",
    parameters: { Clusters: ["c"], Include: ["TAGS"] },
    answer: json({
      clusters: [
        {
          clusterArn: "arn:aws:ecs:us-east-1:123456789012:cluster/c",
          registeredContainerInstancesCount: 0,
          settings: [{ name: "containerInsights", value: "disabled" }],
          tags: [],
        },
      ],
      failures: [],
    }),
    output: {
      Clusters: [
        {
          ClusterArn: "arn:aws:ecs:us-east-1:123456789012:cluster/c",
          RegisteredContainerInstancesCount: 0,
          Settings: [{ Name: "containerInsights", Value: "disabled" }],
          Tags: [],
        },
      ],
      Failures: [],
    },
  },
  {
    service: "ecs",
    action: "updateService",
    parameters: { Cluster: "c", Service: "web", DesiredCount: 0, ForceNewDeployment: false },
  },
  {
    service: "glue",
    action: "startJobRun",
    parameters: {
      JobName: "clean",
      Arguments: { "--day": "2026-01-01", "--Mixed_Case": "x" },
      MaxCapacity: 0.0625,
      NotificationProperty: { NotifyDelayAfter: 5 },
    },
  },
  {
    service: "glue",
    action: "createTable",
    parameters: {
      DatabaseName: "shop",
      TableInput: {
        Name: "orders",
        StorageDescriptor: {
          Columns: [{ Name: "id", Type: "string", Parameters: { k: "v" } }],
          Compressed: false,
          NumberOfBuckets: -1,
          SerdeInfo: { SerializationLibrary: "lib", Parameters: { "serialization.format": "1" } },
        },
        PartitionKeys: [{ Name: "day", Type: "date" }],
        LastAccessTime: "2026-01-02T03:04:05Z",
      },
    },
  },
  {
    service: "cloudwatchlogs",
    action: "putLogEvents",
    parameters: {
      LogGroupName: "g",
      LogStreamName: "s",
      LogEvents: [
        { Timestamp: 1_767_323_045_123, Message: "first" },
        { Timestamp: 9_007_199_254_740_991, Message: "last" },
      ],
    },
  },
  {
    service: "cloudwatchlogs",
    action: "describeLogGroups",
    parameters: { LogGroupNamePrefix: "/aws/states", Limit: 3 },
    answer: json({
      logGroups: [
        { logGroupName: "/aws/states/a", creationTime: 1_767_323_045_123, storedBytes: 2 ** 52 },
      ],
    }),
    output: {
      LogGroups: [
        { LogGroupName: "/aws/states/a", CreationTime: 1_767_323_045_123, StoredBytes: 2 ** 52 },
      ],
    },
  },
  {
    service: "cognitoidentityprovider",
    action: "adminCreateUser",
    parameters: {
      UserPoolId: "us-east-1_abc",
      Username: "ann",
      UserAttributes: [{ Name: "email", Value: "ann@example.org" }],
      ForceAliasCreation: false,
      MessageAction: "SUPPRESS",
      ClientMetadata: { from: "test" },
    },
    answer: json({
      User: {
        Username: "ann",
        Enabled: true,
        UserCreateDate: SECONDS + 0.001,
        MFAOptions: [{ DeliveryMedium: "SMS", AttributeName: "phone" }],
      },
    }),
    output: {
      User: {
        Username: "ann",
        Enabled: true,
        UserCreateDate: "2026-01-02T03:04:05.001Z",
        MfaOptions: [{ DeliveryMedium: "SMS", AttributeName: "phone" }],
      },
    },
  },
  {
    service: "athena",
    action: "startQueryExecution",
    parameters: {
      QueryString: "SELECT 1",
      QueryExecutionContext: { Database: "shop" },
      ResultConfiguration: { OutputLocation: "s3://results/" },
      WorkGroup: "primary",
    },
  },
  {
    service: "textract",
    action: "analyzeDocument",
    parameters: {
      Document: { Bytes: "not really an image" },
      FeatureTypes: ["TABLES", "FORMS"],
      HumanLoopConfig: {
        HumanLoopName: "h",
        FlowDefinitionArn: "arn:aws:sagemaker:us-east-1:123456789012:flow-definition/f",
      },
    },
  },
  {
    service: "translate",
    action: "translateText",
    parameters: { Text: "Gr\u00fcezi", SourceLanguageCode: "de", TargetLanguageCode: "en" },
    answer: json({ TranslatedText: "Hello", SourceLanguageCode: "de", TargetLanguageCode: "en" }),
    output: { TranslatedText: "Hello", SourceLanguageCode: "de", TargetLanguageCode: "en" },
  },
  {
    service: "transcribe",
    action: "startTranscriptionJob",
    parameters: {
      TranscriptionJobName: "j",
      LanguageCode: "en-US",
      MediaSampleRateHertz: 16_000,
      Media: { MediaFileUri: "s3://media/a.wav" },
      Settings: { ShowSpeakerLabels: true, MaxSpeakerLabels: 2 },
    },
  },
  {
    service: "codebuild",
    action: "startBuild",
    parameters: {
      ProjectName: "p",
      EnvironmentVariablesOverride: [{ Name: "A", Value: "1", Type: "PLAINTEXT" }],
      TimeoutInMinutesOverride: 15,
      PrivilegedModeOverride: true,
      ArtifactsOverride: { Type: "NO_ARTIFACTS" },
    },
  },
  {
    service: "wafv2",
    action: "createIPSet",
    parameters: {
      Name: "blocked",
      Scope: "REGIONAL",
      IpAddressVersion: "IPV4",
      Addresses: ["192.0.2.0/24"],
    },
    reference: {
      Name: "blocked",
      Scope: "REGIONAL",
      IPAddressVersion: "IPV4",
      Addresses: ["192.0.2.0/24"],
    },
  },
  {
    service: "acm",
    action: "requestCertificate",
    parameters: {
      DomainName: "example.org",
      SubjectAlternativeNames: ["www.example.org"],
      ValidationMethod: "DNS",
      Options: { CertificateTransparencyLoggingPreference: "ENABLED" },
    },
  },
  {
    service: "ecr",
    action: "describeImages",
    parameters: {
      RepositoryName: "web",
      ImageIds: [{ ImageTag: "latest" }],
      Filter: { TagStatus: "TAGGED" },
    },
    answer: json({
      imageDetails: [{ imageDigest: "sha256:0", imageSizeInBytes: 1024, imagePushedAt: SECONDS }],
    }),
    output: {
      ImageDetails: [
        { ImageDigest: "sha256:0", ImageSizeInBytes: 1024, ImagePushedAt: "2026-01-02T03:04:05Z" },
      ],
    },
  },
  {
    service: "cloudtrail",
    action: "lookupEvents",
    parameters: {
      LookupAttributes: [{ AttributeKey: "EventName", AttributeValue: "RunTask" }],
      StartTime: "2026-01-02T03:04:05Z",
      EndTime: "2026-01-03T00:00:00Z",
      MaxResults: 5,
    },
  },
  {
    service: "applicationautoscaling",
    action: "registerScalableTarget",
    parameters: {
      ServiceNamespace: "ecs",
      ResourceId: "service/c/web",
      ScalableDimension: "ecs:service:DesiredCount",
      MinCapacity: 0,
      MaxCapacity: 10,
      SuspendedState: { DynamicScalingInSuspended: true },
    },
  },
  {
    service: "applicationautoscaling",
    action: "putScalingPolicy",
    parameters: {
      PolicyName: "p",
      PolicyType: "TargetTrackingScaling",
      ServiceNamespace: "ecs",
      ResourceId: "service/c/web",
      ScalableDimension: "ecs:service:DesiredCount",
      TargetTrackingScalingPolicyConfiguration: { TargetValue: 75.5, DisableScaleIn: false },
    },
  },
  {
    service: "resourcegroupstaggingapi",
    action: "getResources",
    parameters: {
      TagFilters: [{ Key: "team", Values: ["shop", "web"] }],
      ResourceTypeFilters: ["s3"],
      IncludeComplianceDetails: true,
    },
  },
  {
    service: "rekognition",
    action: "detectLabels",
    parameters: {
      Image: { S3Object: { Bucket: "photos", Name: "a.jpg" } },
      MinConfidence: 80.5,
      Features: ["GENERAL_LABELS"],
    },
  },
  {
    service: "sagemaker",
    action: "createEndpointConfig",
    parameters: {
      EndpointConfigName: "e",
      ProductionVariants: [
        { VariantName: "v", ModelName: "m", InitialInstanceCount: 1, InitialVariantWeight: 0.1 },
      ],
    },
  },
  {
    service: "emr",
    action: "listClusters",
    parameters: { CreatedAfter: "2026-01-02T03:04:05Z", ClusterStates: ["RUNNING", "WAITING"] },
  },
  {
    // The service has three protocols: the CLI and the SDK for JavaScript choose AWS JSON 1.0.
    service: "cloudwatch",
    action: "putMetricData",
    parameters: {
      Namespace: "shop",
      MetricData: [
        {
          MetricName: "orders",
          Dimensions: [{ Name: "kind", Value: "web" }],
          Timestamp: "2026-01-02T03:04:05Z",
          Value: 1.5e-7,
          Unit: "Count",
          StorageResolution: 1,
        },
        { MetricName: "sizes", Values: [1, 2.25, 1e21], Counts: [3, 2, 1] },
      ],
    },
  },
];
