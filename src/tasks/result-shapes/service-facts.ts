/**
 * What AWS's public API models say about results that are often mocked: members, which of them are
 * required, types, ranges and allowed values. One text per service, under the name of its SDK client
 * package without `client-` and hyphens; `parse-shapes.ts` reads it. Made by
 * `scripts/result-shapes.py`; for what is not here see `sdk-shapes.ts`.
 */
export const SERVICE_FACTS: Readonly<Record<string, string>> = {
  athena: `
StartQueryExecution = StartQueryExecutionOutput
GetQueryExecution = GetQueryExecutionOutput
GetQueryResults = GetQueryResultsOutput
StartQueryExecutionOutput { QueryExecutionId: string(1..128) }
GetQueryExecutionOutput { QueryExecution: QueryExecution }
QueryExecution { QueryExecutionId: string(1..128), Query: string(1..262144), StatementType: string{DDL|DML|UTILITY}, ManagedQueryResultsConfiguration: ManagedQueryResultsConfiguration, ResultConfiguration: ResultConfiguration, ResultReuseConfiguration: ResultReuseConfiguration, QueryExecutionContext: QueryExecutionContext, Status: QueryExecutionStatus, Statistics: QueryExecutionStatistics, WorkGroup: string, EngineVersion: EngineVersion, ExecutionParameters: [string(1..1024)], SubstatementType: string, QueryResultsS3AccessGrantsConfiguration: QueryResultsS3AccessGrantsConfiguration }
ManagedQueryResultsConfiguration { Enabled!: boolean, EncryptionConfiguration: ManagedQueryResultsEncryptionConfiguration }
ManagedQueryResultsEncryptionConfiguration { KmsKey!: string(1..2048) }
ResultConfiguration { OutputLocation: string, EncryptionConfiguration: EncryptionConfiguration, ExpectedBucketOwner: string(12..12), AclConfiguration: AclConfiguration }
EncryptionConfiguration { EncryptionOption!: string{SSE_S3|SSE_KMS|CSE_KMS}, KmsKey: string }
AclConfiguration { S3AclOption!: string{BUCKET_OWNER_FULL_CONTROL} }
ResultReuseConfiguration { ResultReuseByAgeConfiguration: ResultReuseByAgeConfiguration }
ResultReuseByAgeConfiguration { Enabled!: boolean, MaxAgeInMinutes: number(0..10080) }
QueryExecutionContext { Database: string(1..255), Catalog: string(1..256) }
QueryExecutionStatus { State: string{QUEUED|RUNNING|SUCCEEDED|FAILED|CANCELLED}, StateChangeReason: string, SubmissionDateTime: string, CompletionDateTime: string, AthenaError: AthenaError }
AthenaError { ErrorCategory: number(1..3), ErrorType: number(0..9999), Retryable: boolean, ErrorMessage: string }
QueryExecutionStatistics { EngineExecutionTimeInMillis: number, DataScannedInBytes: number, DataManifestLocation: string, TotalExecutionTimeInMillis: number, QueryQueueTimeInMillis: number, ServicePreProcessingTimeInMillis: number, QueryPlanningTimeInMillis: number, ServiceProcessingTimeInMillis: number, ResultReuseInformation: ResultReuseInformation, DpuCount: number }
ResultReuseInformation { ReusedPreviousResult!: boolean }
EngineVersion { SelectedEngineVersion: string(1..128), EffectiveEngineVersion: string(1..128) }
QueryResultsS3AccessGrantsConfiguration { EnableS3AccessGrants!: boolean, CreateUserLevelPrefix: boolean, AuthenticationType!: string{DIRECTORY_IDENTITY} }
GetQueryResultsOutput { UpdateCount: number, ResultSet: ResultSet, NextToken: string(1..1024) }
ResultSet { Rows: [Row], ResultSetMetadata: ResultSetMetadata }
Row { Data: [Datum] }
Datum { VarCharValue: string }
ResultSetMetadata { ColumnInfo: [ColumnInfo] }
ColumnInfo { CatalogName: string, SchemaName: string, TableName: string, Name!: string, Label: string, Type!: string, Precision: number, Scale: number, Nullable: string{NOT_NULL|NULLABLE|UNKNOWN}, CaseSensitive: boolean }
`,
  batch: `
SubmitJob = SubmitJobResponse
SubmitJobResponse { JobArn: string, JobName!: string, JobId!: string }
`,
  codebuild: `
StartBuild = StartBuildOutput
BatchGetBuilds = BatchGetBuildsOutput
StartBuildOutput { Build: Build }
Build { Id: string(1..), Arn: string(1..), BuildNumber: number, StartTime: string, EndTime: string, CurrentPhase: string, BuildStatus: string{SUCCEEDED|FAILED|FAULT|TIMED_OUT|IN_PROGRESS|STOPPED}, SourceVersion: string(1..), ResolvedSourceVersion: string(1..), ProjectName: string(1..), Phases: [BuildPhase], Source: ProjectSource, SecondarySources: [ProjectSource], SecondarySourceVersions: [ProjectSourceVersion], Artifacts: BuildArtifacts, SecondaryArtifacts: [BuildArtifacts], Cache: ProjectCache, Environment: ProjectEnvironment, ServiceRole: string(1..), Logs: LogsLocation, TimeoutInMinutes: number, QueuedTimeoutInMinutes: number, BuildComplete: boolean, Initiator: string, VpcConfig: VpcConfig, NetworkInterface: NetworkInterface, EncryptionKey: string(1..), ExportedEnvironmentVariables: [ExportedEnvironmentVariable], ReportArns: [string], FileSystemLocations: [ProjectFileSystemLocation], DebugSession: DebugSession, BuildBatchArn: string, AutoRetryConfig: AutoRetryConfig }
BuildPhase { PhaseType: string{SUBMITTED|QUEUED|PROVISIONING|DOWNLOAD_SOURCE|INSTALL|PRE_BUILD|BUILD|POST_BUILD|UPLOAD_ARTIFACTS|FINALIZING|COMPLETED}, PhaseStatus: string{SUCCEEDED|FAILED|FAULT|TIMED_OUT|IN_PROGRESS|STOPPED}, StartTime: string, EndTime: string, DurationInSeconds: number, Contexts: [PhaseContext] }
PhaseContext { StatusCode: string, Message: string }
ProjectSource { Type!: string{CODECOMMIT|CODEPIPELINE|GITHUB|GITLAB|GITLAB_SELF_MANAGED|S3|BITBUCKET|GITHUB_ENTERPRISE|NO_SOURCE}, Location: string, GitCloneDepth: number, GitSubmodulesConfig: GitSubmodulesConfig, Buildspec: string, Auth: SourceAuth, ReportBuildStatus: boolean, BuildStatusConfig: BuildStatusConfig, InsecureSsl: boolean, SourceIdentifier: string }
GitSubmodulesConfig { FetchSubmodules!: boolean }
SourceAuth { Type!: string{OAUTH|CODECONNECTIONS|SECRETS_MANAGER}, Resource: string }
BuildStatusConfig { Context: string, TargetUrl: string }
ProjectSourceVersion { SourceIdentifier!: string, SourceVersion!: string }
BuildArtifacts { Location: string, Sha256sum: string, Md5sum: string, OverrideArtifactName: boolean, EncryptionDisabled: boolean, ArtifactIdentifier: string, BucketOwnerAccess: string{NONE|READ_ONLY|FULL} }
ProjectCache { Type!: string{NO_CACHE|S3|LOCAL}, Location: string, Modes: [string{LOCAL_DOCKER_LAYER_CACHE|LOCAL_SOURCE_CACHE|LOCAL_CUSTOM_CACHE}], CacheNamespace: string }
ProjectEnvironment { Type!: string{WINDOWS_CONTAINER|LINUX_CONTAINER|LINUX_GPU_CONTAINER|ARM_CONTAINER|WINDOWS_SERVER_2019_CONTAINER|WINDOWS_SERVER_2022_CONTAINER|LINUX_LAMBDA_CONTAINER|ARM_LAMBDA_CONTAINER|LINUX_EC2|ARM_EC2|WINDOWS_EC2|MAC_ARM}, Image!: string(1..), ComputeType!: string{BUILD_GENERAL1_SMALL|BUILD_GENERAL1_MEDIUM|BUILD_GENERAL1_LARGE|BUILD_GENERAL1_XLARGE|BUILD_GENERAL1_2XLARGE|BUILD_LAMBDA_1GB|BUILD_LAMBDA_2GB|BUILD_LAMBDA_4GB|BUILD_LAMBDA_8GB|BUILD_LAMBDA_10GB|ATTRIBUTE_BASED_COMPUTE|CUSTOM_INSTANCE_TYPE}, ComputeConfiguration: ComputeConfiguration, Fleet: ProjectFleet, EnvironmentVariables: [EnvironmentVariable], PrivilegedMode: boolean, Certificate: string, RegistryCredential: RegistryCredential, ImagePullCredentialsType: string{CODEBUILD|SERVICE_ROLE}, DockerServer: DockerServer }
ComputeConfiguration { VCpu: number, Memory: number, Disk: number, MachineType: string{GENERAL|NVME}, InstanceType: string(1..) }
ProjectFleet { FleetArn: string }
EnvironmentVariable { Name!: string(1..), Value!: string, Type: string{PLAINTEXT|PARAMETER_STORE|SECRETS_MANAGER} }
RegistryCredential { Credential!: string(1..), CredentialProvider!: string{SECRETS_MANAGER} }
DockerServer { ComputeType!: string{BUILD_GENERAL1_SMALL|BUILD_GENERAL1_MEDIUM|BUILD_GENERAL1_LARGE|BUILD_GENERAL1_XLARGE|BUILD_GENERAL1_2XLARGE|BUILD_LAMBDA_1GB|BUILD_LAMBDA_2GB|BUILD_LAMBDA_4GB|BUILD_LAMBDA_8GB|BUILD_LAMBDA_10GB|ATTRIBUTE_BASED_COMPUTE|CUSTOM_INSTANCE_TYPE}, SecurityGroupIds: [string(1..)], Status: DockerServerStatus }
DockerServerStatus { Status: string, Message: string }
LogsLocation { GroupName: string, StreamName: string, DeepLink: string, S3DeepLink: string, CloudWatchLogsArn: string, S3LogsArn: string, CloudWatchLogs: CloudWatchLogsConfig, S3Logs: S3LogsConfig }
CloudWatchLogsConfig { Status!: string{ENABLED|DISABLED}, GroupName: string, StreamName: string }
S3LogsConfig { Status!: string{ENABLED|DISABLED}, Location: string, EncryptionDisabled: boolean, BucketOwnerAccess: string{NONE|READ_ONLY|FULL} }
VpcConfig { VpcId: string(1..), Subnets: [string(1..)], SecurityGroupIds: [string(1..)] }
NetworkInterface { SubnetId: string(1..), NetworkInterfaceId: string(1..) }
ExportedEnvironmentVariable { Name: string(1..), Value: string }
ProjectFileSystemLocation { Type: string{EFS}, Location: string, MountPoint: string, Identifier: string, MountOptions: string }
DebugSession { SessionEnabled: boolean, SessionTarget: string(1..) }
AutoRetryConfig { AutoRetryLimit: number, AutoRetryNumber: number, NextAutoRetry: string, PreviousAutoRetry: string }
BatchGetBuildsOutput { Builds: [Build], BuildsNotFound: [string(1..)] }
`,
  dynamodb: `
GetItem = GetItemOutput
PutItem = PutItemOutput
UpdateItem = UpdateItemOutput
DeleteItem = DeleteItemOutput
Query = QueryOutput
Scan = ScanOutput
BatchGetItem = BatchGetItemOutput
BatchWriteItem = BatchWriteItemOutput
TransactGetItems = TransactGetItemsOutput
TransactWriteItems = TransactWriteItemsOutput
GetItemOutput { Item: <AttributeValue>, ConsumedCapacity: ConsumedCapacity }
AttributeValue { S: string, N: string, B: string, SS: [string], NS: [string], BS: [string], M: <AttributeValue>, L: [AttributeValue], NULL: boolean, BOOL: boolean }
ConsumedCapacity { TableName: string(1..1024), CapacityUnits: number, ReadCapacityUnits: number, WriteCapacityUnits: number, Table: Capacity, LocalSecondaryIndexes: <Capacity>, GlobalSecondaryIndexes: <Capacity> }
Capacity { ReadCapacityUnits: number, WriteCapacityUnits: number, CapacityUnits: number }
PutItemOutput { Attributes: <AttributeValue>, ConsumedCapacity: ConsumedCapacity, ItemCollectionMetrics: ItemCollectionMetrics }
ItemCollectionMetrics { ItemCollectionKey: <AttributeValue>, SizeEstimateRangeGB: [number] }
UpdateItemOutput { Attributes: <AttributeValue>, ConsumedCapacity: ConsumedCapacity, ItemCollectionMetrics: ItemCollectionMetrics }
DeleteItemOutput { Attributes: <AttributeValue>, ConsumedCapacity: ConsumedCapacity, ItemCollectionMetrics: ItemCollectionMetrics }
QueryOutput { Items: [<AttributeValue>], Count: number, ScannedCount: number, LastEvaluatedKey: <AttributeValue>, ConsumedCapacity: ConsumedCapacity }
ScanOutput { Items: [<AttributeValue>], Count: number, ScannedCount: number, LastEvaluatedKey: <AttributeValue>, ConsumedCapacity: ConsumedCapacity }
BatchGetItemOutput { Responses: <[<AttributeValue>]>, UnprocessedKeys: <KeysAndAttributes>, ConsumedCapacity: [ConsumedCapacity] }
KeysAndAttributes { Keys!: [<AttributeValue>], AttributesToGet: [string(..65535)], ConsistentRead: boolean, ProjectionExpression: string, ExpressionAttributeNames: <string(..65535)> }
BatchWriteItemOutput { UnprocessedItems: <[WriteRequest]>, ItemCollectionMetrics: <[ItemCollectionMetrics]>, ConsumedCapacity: [ConsumedCapacity] }
WriteRequest { PutRequest: PutRequest, DeleteRequest: DeleteRequest }
PutRequest { Item!: <AttributeValue> }
DeleteRequest { Key!: <AttributeValue> }
TransactGetItemsOutput { ConsumedCapacity: [ConsumedCapacity], Responses: [ItemResponse] }
ItemResponse { Item: <AttributeValue> }
TransactWriteItemsOutput { ConsumedCapacity: [ConsumedCapacity], ItemCollectionMetrics: <[ItemCollectionMetrics]> }
`,
  ecs: `
RunTask = RunTaskResponse
DescribeTasks = DescribeTasksResponse
RunTaskResponse { Tasks: [Task], Failures: [Failure] }
Task { Attachments: [Attachment], Attributes: [Attribute], AvailabilityZone: string, CapacityProviderName: string, ClusterArn: string, Connectivity: string{CONNECTED|DISCONNECTED}, ConnectivityAt: string, ContainerInstanceArn: string, Containers: [Container], Cpu: string, CreatedAt: string, DesiredStatus: string, EnableExecuteCommand: boolean, ExecutionStoppedAt: string, Group: string, HealthStatus: string{HEALTHY|UNHEALTHY|UNKNOWN}, InferenceAccelerators: [InferenceAccelerator], LastStatus: string, LaunchType: string{EC2|FARGATE|EXTERNAL|MANAGED_INSTANCES}, Memory: string, Overrides: TaskOverride, PlatformVersion: string, PlatformFamily: string, PullStartedAt: string, PullStoppedAt: string, StartedAt: string, StartedBy: string, StopCode: string{TaskFailedToStart|EssentialContainerExited|UserInitiated|ServiceSchedulerInitiated|SpotInterruption|TerminationNotice}, StoppedAt: string, StoppedReason: string, StoppingAt: string, Tags: [Tag], TaskArn: string, TaskDefinitionArn: string, Version: number, EphemeralStorage: EphemeralStorage, FargateEphemeralStorage: TaskEphemeralStorage }
Attachment { Id: string, Type: string, Status: string, Details: [KeyValuePair] }
KeyValuePair { Name: string, Value: string }
Attribute { Name!: string, Value: string, TargetType: string{container-instance}, TargetId: string }
Container { ContainerArn: string, TaskArn: string, Name: string, Image: string, ImageDigest: string, RuntimeId: string, LastStatus: string, ExitCode: number, Reason: string, NetworkBindings: [NetworkBinding], NetworkInterfaces: [NetworkInterface], HealthStatus: string{HEALTHY|UNHEALTHY|UNKNOWN}, ManagedAgents: [ManagedAgent], Cpu: string, Memory: string, MemoryReservation: string, GpuIds: [string] }
NetworkBinding { BindIP: string, ContainerPort: number, HostPort: number, Protocol: string{tcp|udp}, ContainerPortRange: string, HostPortRange: string }
NetworkInterface { AttachmentId: string, PrivateIpv4Address: string, Ipv6Address: string }
ManagedAgent { LastStartedAt: string, Name: string{ExecuteCommandAgent}, Reason: string, LastStatus: string }
InferenceAccelerator { DeviceName!: string, DeviceType!: string }
TaskOverride { ContainerOverrides: [ContainerOverride], Cpu: string, InferenceAcceleratorOverrides: [InferenceAcceleratorOverride], ExecutionRoleArn: string, Memory: string, TaskRoleArn: string, EphemeralStorage: EphemeralStorage }
ContainerOverride { Name: string, Command: [string], Environment: [KeyValuePair], EnvironmentFiles: [EnvironmentFile], Cpu: number, Memory: number, MemoryReservation: number, ResourceRequirements: [ResourceRequirement] }
EnvironmentFile { Value!: string, Type!: string{s3} }
ResourceRequirement { Value!: string, Type!: string{GPU|InferenceAccelerator} }
InferenceAcceleratorOverride { DeviceName: string, DeviceType: string }
EphemeralStorage { SizeInGiB!: number }
Tag { Key: string(1..128), Value: string(0..256) }
TaskEphemeralStorage { SizeInGiB: number, KmsKeyId: string }
Failure { Arn: string, Reason: string, Detail: string }
DescribeTasksResponse { Tasks: [Task], Failures: [Failure] }
`,
  eventbridge: `
PutEvents = PutEventsResponse
PutEventsResponse { FailedEntryCount: number, Entries: [PutEventsResultEntry] }
PutEventsResultEntry { EventId: string(..64), ErrorCode: string, ErrorMessage: string }
`,
  glue: `
StartJobRun = StartJobRunResponse
GetJobRun = GetJobRunResponse
StartJobRunResponse { JobRunId: string(1..255) }
GetJobRunResponse { JobRun: JobRun }
JobRun { Id: string(1..255), Attempt: number, PreviousRunId: string(1..255), TriggerName: string(1..255), JobName: string(1..255), JobMode: string{SCRIPT|VISUAL|NOTEBOOK}, JobRunQueuingEnabled: boolean, StartedOn: string, LastModifiedOn: string, CompletedOn: string, JobRunState: string{STARTING|RUNNING|STOPPING|STOPPED|SUCCEEDED|FAILED|TIMEOUT|ERROR|WAITING|EXPIRED}, Arguments: <string>, ErrorMessage: string, PredecessorRuns: [Predecessor], AllocatedCapacity: number, ExecutionTime: number, Timeout: number(1..), MaxCapacity: number, WorkerType: string{Standard|G.1X|G.2X|G.025X|G.4X|G.8X|Z.2X}, NumberOfWorkers: number, SecurityConfiguration: string(1..255), LogGroupName: string, NotificationProperty: NotificationProperty, GlueVersion: string(1..255), DPUSeconds: number, ExecutionClass: string{FLEX|STANDARD}, MaintenanceWindow: string, ProfileName: string(1..255), StateDetail: string(..400000), ExecutionRoleSessionPolicy: string(2..2048) }
Predecessor { JobName: string(1..255), RunId: string(1..255) }
NotificationProperty { NotifyDelayAfter: number(1..) }
`,
  kms: `
Encrypt = EncryptResponse
Decrypt = DecryptResponse
GenerateDataKey = GenerateDataKeyResponse
GenerateDataKeyWithoutPlaintext = GenerateDataKeyWithoutPlaintextResponse
Sign = SignResponse
Verify = VerifyResponse
EncryptResponse { CiphertextBlob: string(1..6144), KeyId: string(1..2048), EncryptionAlgorithm: string{SYMMETRIC_DEFAULT|RSAES_OAEP_SHA_1|RSAES_OAEP_SHA_256|SM2PKE} }
DecryptResponse { KeyId: string(1..2048), Plaintext: string(1..4096), EncryptionAlgorithm: string{SYMMETRIC_DEFAULT|RSAES_OAEP_SHA_1|RSAES_OAEP_SHA_256|SM2PKE}, CiphertextForRecipient: string(1..6144), KeyMaterialId: string(64..64) }
GenerateDataKeyResponse { CiphertextBlob: string(1..6144), Plaintext: string(1..4096), KeyId: string(1..2048), CiphertextForRecipient: string(1..6144), KeyMaterialId: string(64..64) }
GenerateDataKeyWithoutPlaintextResponse { CiphertextBlob: string(1..6144), KeyId: string(1..2048), KeyMaterialId: string(64..64) }
SignResponse { KeyId: string(1..2048), Signature: string(1..6144), SigningAlgorithm: string{RSASSA_PSS_SHA_256|RSASSA_PSS_SHA_384|RSASSA_PSS_SHA_512|RSASSA_PKCS1_V1_5_SHA_256|RSASSA_PKCS1_V1_5_SHA_384|RSASSA_PKCS1_V1_5_SHA_512|ECDSA_SHA_256|ECDSA_SHA_384|ECDSA_SHA_512|SM2DSA|ML_DSA_SHAKE_256|ED25519_SHA_512|ED25519_PH_SHA_512} }
VerifyResponse { KeyId: string(1..2048), SignatureValid: boolean, SigningAlgorithm: string{RSASSA_PSS_SHA_256|RSASSA_PSS_SHA_384|RSASSA_PSS_SHA_512|RSASSA_PKCS1_V1_5_SHA_256|RSASSA_PKCS1_V1_5_SHA_384|RSASSA_PKCS1_V1_5_SHA_512|ECDSA_SHA_256|ECDSA_SHA_384|ECDSA_SHA_512|SM2DSA|ML_DSA_SHAKE_256|ED25519_SHA_512|ED25519_PH_SHA_512} }
`,
  lambda: `
Invoke = InvocationResponse
GetFunction = GetFunctionResponse
GetFunctionConfiguration = FunctionConfiguration
InvocationResponse { StatusCode: number, FunctionError: string, LogResult: string, Payload: string, ExecutedVersion: string(1..1024), DurableExecutionArn: string(1..1024) }
GetFunctionResponse { Configuration: FunctionConfiguration, Code: FunctionCodeLocation, Tags: <string>, TagsError: TagsError, Concurrency: Concurrency }
FunctionConfiguration { FunctionName: string(1..256), FunctionArn: string(0..10000), Runtime: string{nodejs|nodejs4.3|nodejs6.10|nodejs8.10|nodejs10.x|nodejs12.x|nodejs14.x|nodejs16.x|java8|java8.al2|java11|python2.7|python3.6|python3.7|python3.8|python3.9|dotnetcore1.0|dotnetcore2.0|dotnetcore2.1|dotnetcore3.1|dotnet6|dotnet8|nodejs4.3-edge|go1.x|ruby2.5|ruby2.7|provided|provided.al2|nodejs18.x|python3.10|java17|ruby3.2|ruby3.3|ruby3.4|python3.11|nodejs20.x|provided.al2023|python3.12|java21|python3.13|nodejs22.x|nodejs24.x|python3.14|java25|dotnet10|ruby4.0}, Role: string, Handler: string(0..128), CodeSize: number, Description: string(0..256), Timeout: number(1..), MemorySize: number(128..10240), LastModified: string, CodeSha256: string, Version: string(1..1024), VpcConfig: VpcConfigResponse, DeadLetterConfig: DeadLetterConfig, Environment: EnvironmentResponse, KMSKeyArn: string, TracingConfig: TracingConfigResponse, MasterArn: string(0..10000), RevisionId: string, Layers: [Layer], State: string{Pending|Active|Inactive|Failed|Deactivating|Deactivated|ActiveNonInvocable|Deleting}, StateReason: string, StateReasonCode: string{Idle|Creating|Restoring|EniLimitExceeded|InsufficientRolePermissions|InvalidConfiguration|InternalError|SubnetOutOfIPAddresses|InvalidSubnet|InvalidSecurityGroup|ImageDeleted|ImageAccessDenied|InvalidImage|KMSKeyAccessDenied|KMSKeyNotFound|InvalidStateKMSKey|DisabledKMSKey|EFSIOError|EFSMountConnectivityError|EFSMountFailure|EFSMountTimeout|InvalidRuntime|InvalidZipFileException|FunctionError|DrainingDurableExecutions|VcpuLimitExceeded|CapacityProviderScalingLimitExceeded|InsufficientCapacity|EC2RequestLimitExceeded|FunctionError.InitTimeout|FunctionError.RuntimeInitError|FunctionError.ExtensionInitError|FunctionError.InvalidEntryPoint|FunctionError.InvalidWorkingDirectory|FunctionError.PermissionDenied|FunctionError.TooManyExtensions|FunctionError.InitResourceExhausted|DisallowedByVpcEncryptionControl}, LastUpdateStatus: string{Successful|Failed|InProgress}, LastUpdateStatusReason: string, LastUpdateStatusReasonCode: string{EniLimitExceeded|InsufficientRolePermissions|InvalidConfiguration|InternalError|SubnetOutOfIPAddresses|InvalidSubnet|InvalidSecurityGroup|ImageDeleted|ImageAccessDenied|InvalidImage|KMSKeyAccessDenied|KMSKeyNotFound|InvalidStateKMSKey|DisabledKMSKey|EFSIOError|EFSMountConnectivityError|EFSMountFailure|EFSMountTimeout|InvalidRuntime|InvalidZipFileException|FunctionError|VcpuLimitExceeded|CapacityProviderScalingLimitExceeded|InsufficientCapacity|EC2RequestLimitExceeded|FunctionError.InitTimeout|FunctionError.RuntimeInitError|FunctionError.ExtensionInitError|FunctionError.InvalidEntryPoint|FunctionError.InvalidWorkingDirectory|FunctionError.PermissionDenied|FunctionError.TooManyExtensions|FunctionError.InitResourceExhausted|DisallowedByVpcEncryptionControl}, FileSystemConfigs: [FileSystemConfig], PackageType: string{Zip|Image}, ImageConfigResponse: ImageConfigResponse, SigningProfileVersionArn: string, SigningJobArn: string, Architectures: [string{x86_64|arm64}], EphemeralStorage: EphemeralStorage, SnapStart: SnapStartResponse, RuntimeVersionConfig: RuntimeVersionConfig, LoggingConfig: LoggingConfig, CapacityProviderConfig: CapacityProviderConfig, ConfigSha256: string, DurableConfig: DurableConfig, TenancyConfig: TenancyConfig }
VpcConfigResponse { SubnetIds: [string], SecurityGroupIds: [string], VpcId: string, Ipv6AllowedForDualStack: boolean }
DeadLetterConfig { TargetArn: string }
EnvironmentResponse { Variables: <string>, Error: EnvironmentError }
EnvironmentError { ErrorCode: string, Message: string }
TracingConfigResponse { Mode: string{Active|PassThrough} }
Layer { Arn: string(1..140), CodeSize: number, SigningProfileVersionArn: string, SigningJobArn: string }
FileSystemConfig { Arn!: string(0..256), LocalMountPath!: string(0..160) }
ImageConfigResponse { ImageConfig: ImageConfig, Error: ImageConfigError }
ImageConfig { EntryPoint: [string], Command: [string], WorkingDirectory: string(0..1000) }
ImageConfigError { ErrorCode: string, Message: string }
EphemeralStorage { Size!: number(512..10240) }
SnapStartResponse { ApplyOn: string{PublishedVersions|None}, OptimizationStatus: string{On|Off} }
RuntimeVersionConfig { RuntimeVersionArn: string(26..2048), Error: RuntimeVersionError }
RuntimeVersionError { ErrorCode: string, Message: string }
LoggingConfig { LogFormat: string{JSON|Text}, ApplicationLogLevel: string{TRACE|DEBUG|INFO|WARN|ERROR|FATAL}, SystemLogLevel: string{DEBUG|INFO|WARN}, LogGroup: string(1..512) }
CapacityProviderConfig { LambdaManagedInstancesCapacityProviderConfig!: LambdaManagedInstancesCapacityProviderConfig }
LambdaManagedInstancesCapacityProviderConfig { CapacityProviderArn!: string(1..140), PerExecutionEnvironmentMaxConcurrency: number(1..1600), ExecutionEnvironmentMemoryGiBPerVCpu: number(2..8) }
DurableConfig { RetentionPeriodInDays: number(1..90), ExecutionTimeout: number(1..31622400) }
TenancyConfig { TenantIsolationMode!: string{PER_TENANT} }
FunctionCodeLocation { RepositoryType: string, Location: string, ImageUri: string, ResolvedImageUri: string, SourceKMSKeyArn: string }
TagsError { ErrorCode!: string(10..21), Message!: string(84..1000) }
Concurrency { ReservedConcurrentExecutions: number }
`,
  s3: `
GetObject = GetObjectOutput
PutObject = PutObjectOutput
HeadObject = HeadObjectOutput
CopyObject = CopyObjectOutput
DeleteObject = DeleteObjectOutput
ListObjectsV2 = ListObjectsV2Output
GetObjectOutput { Body: string, DeleteMarker: boolean, AcceptRanges: string, Expiration: string, Restore: string, LastModified: string, ContentLength: number, ETag: string, ChecksumCRC32: string, ChecksumCRC32C: string, ChecksumCRC64NVME: string, ChecksumSHA1: string, ChecksumSHA256: string, ChecksumSHA512: string, ChecksumMD5: string, ChecksumXXHASH64: string, ChecksumXXHASH3: string, ChecksumXXHASH128: string, ChecksumType: string{COMPOSITE|FULL_OBJECT}, MissingMeta: number, VersionId: string, CacheControl: string, ContentDisposition: string, ContentEncoding: string, ContentLanguage: string, ContentRange: string, ContentType: string, Expires: string, WebsiteRedirectLocation: string, ServerSideEncryption: string{AES256|aws:fsx|aws:kms|aws:kms:dsse}, Metadata: <string>, SSECustomerAlgorithm: string, SSECustomerKeyMD5: string, SSEKMSKeyId: string, BucketKeyEnabled: boolean, StorageClass: string{STANDARD|REDUCED_REDUNDANCY|STANDARD_IA|ONEZONE_IA|INTELLIGENT_TIERING|GLACIER|DEEP_ARCHIVE|OUTPOSTS|GLACIER_IR|SNOW|EXPRESS_ONEZONE|FSX_OPENZFS|FSX_ONTAP}, RequestCharged: string{requester}, ReplicationStatus: string{COMPLETE|PENDING|FAILED|REPLICA|COMPLETED}, PartsCount: number, TagCount: number, ObjectLockMode: string{GOVERNANCE|COMPLIANCE}, ObjectLockRetainUntilDate: string, ObjectLockLegalHoldStatus: string{ON|OFF} }
PutObjectOutput { Expiration: string, ETag: string, ChecksumCRC32: string, ChecksumCRC32C: string, ChecksumCRC64NVME: string, ChecksumSHA1: string, ChecksumSHA256: string, ChecksumSHA512: string, ChecksumMD5: string, ChecksumXXHASH64: string, ChecksumXXHASH3: string, ChecksumXXHASH128: string, ChecksumType: string{COMPOSITE|FULL_OBJECT}, ServerSideEncryption: string{AES256|aws:fsx|aws:kms|aws:kms:dsse}, VersionId: string, SSECustomerAlgorithm: string, SSECustomerKeyMD5: string, SSEKMSKeyId: string, SSEKMSEncryptionContext: string, BucketKeyEnabled: boolean, Size: number, RequestCharged: string{requester} }
HeadObjectOutput { DeleteMarker: boolean, AcceptRanges: string, Expiration: string, Restore: string, ArchiveStatus: string{ARCHIVE_ACCESS|DEEP_ARCHIVE_ACCESS}, LastModified: string, ContentLength: number, ChecksumCRC32: string, ChecksumCRC32C: string, ChecksumCRC64NVME: string, ChecksumSHA1: string, ChecksumSHA256: string, ChecksumSHA512: string, ChecksumMD5: string, ChecksumXXHASH64: string, ChecksumXXHASH3: string, ChecksumXXHASH128: string, ChecksumType: string{COMPOSITE|FULL_OBJECT}, ETag: string, MissingMeta: number, VersionId: string, CacheControl: string, ContentDisposition: string, ContentEncoding: string, ContentLanguage: string, ContentType: string, ContentRange: string, Expires: string, WebsiteRedirectLocation: string, ServerSideEncryption: string{AES256|aws:fsx|aws:kms|aws:kms:dsse}, Metadata: <string>, SSECustomerAlgorithm: string, SSECustomerKeyMD5: string, SSEKMSKeyId: string, BucketKeyEnabled: boolean, StorageClass: string{STANDARD|REDUCED_REDUNDANCY|STANDARD_IA|ONEZONE_IA|INTELLIGENT_TIERING|GLACIER|DEEP_ARCHIVE|OUTPOSTS|GLACIER_IR|SNOW|EXPRESS_ONEZONE|FSX_OPENZFS|FSX_ONTAP}, RequestCharged: string{requester}, ReplicationStatus: string{COMPLETE|PENDING|FAILED|REPLICA|COMPLETED}, PartsCount: number, TagCount: number, ObjectLockMode: string{GOVERNANCE|COMPLIANCE}, ObjectLockRetainUntilDate: string, ObjectLockLegalHoldStatus: string{ON|OFF} }
CopyObjectOutput { CopyObjectResult: CopyObjectResult, Expiration: string, CopySourceVersionId: string, VersionId: string, ServerSideEncryption: string{AES256|aws:fsx|aws:kms|aws:kms:dsse}, SSECustomerAlgorithm: string, SSECustomerKeyMD5: string, SSEKMSKeyId: string, SSEKMSEncryptionContext: string, BucketKeyEnabled: boolean, RequestCharged: string{requester} }
CopyObjectResult { ETag: string, LastModified: string, ChecksumType: string{COMPOSITE|FULL_OBJECT}, ChecksumCRC32: string, ChecksumCRC32C: string, ChecksumCRC64NVME: string, ChecksumSHA1: string, ChecksumSHA256: string, ChecksumSHA512: string, ChecksumMD5: string, ChecksumXXHASH64: string, ChecksumXXHASH3: string, ChecksumXXHASH128: string }
DeleteObjectOutput { DeleteMarker: boolean, VersionId: string, RequestCharged: string{requester} }
ListObjectsV2Output { IsTruncated: boolean, Contents: [Object], Name: string, Prefix: string, Delimiter: string, MaxKeys: number, CommonPrefixes: [CommonPrefix], EncodingType: string{url}, KeyCount: number, ContinuationToken: string, NextContinuationToken: string, StartAfter: string, RequestCharged: string{requester} }
Object { Key: string(1..), LastModified: string, ETag: string, ChecksumAlgorithm: [string{CRC32|CRC32C|SHA1|SHA256|CRC64NVME|SHA512|MD5|XXHASH64|XXHASH3|XXHASH128}], ChecksumType: string{COMPOSITE|FULL_OBJECT}, Size: number, StorageClass: string{STANDARD|REDUCED_REDUNDANCY|GLACIER|STANDARD_IA|ONEZONE_IA|INTELLIGENT_TIERING|DEEP_ARCHIVE|OUTPOSTS|GLACIER_IR|SNOW|EXPRESS_ONEZONE|FSX_OPENZFS|FSX_ONTAP}, Owner: Owner, RestoreStatus: RestoreStatus }
Owner { DisplayName: string, ID: string }
RestoreStatus { IsRestoreInProgress: boolean, RestoreExpiryDate: string }
CommonPrefix { Prefix: string }
`,
  secretsmanager: `
GetSecretValue = GetSecretValueResponse
PutSecretValue = PutSecretValueResponse
GetSecretValueResponse { ARN: string(20..2048), Name: string(1..256), VersionId: string(32..64), SecretBinary: string(1..65536), SecretString: string(1..65536), VersionStages: [string(1..256)], CreatedDate: string }
PutSecretValueResponse { ARN: string(20..2048), Name: string(1..256), VersionId: string(32..64), VersionStages: [string(1..256)] }
`,
  sfn: `
StartExecution = StartExecutionOutput
StartSyncExecution = StartSyncExecutionOutput
DescribeExecution = DescribeExecutionOutput
StopExecution = StopExecutionOutput
StartExecutionOutput { ExecutionArn!: string(1..256), StartDate!: string }
StartSyncExecutionOutput { ExecutionArn!: string(1..256), StateMachineArn: string(1..256), Name: string(1..80), StartDate!: string, StopDate!: string, Status!: string{SUCCEEDED|FAILED|TIMED_OUT}, Error: string(0..256), Cause: string(0..32768), Input: string(..262144), InputDetails: CloudWatchEventsExecutionDataDetails, Output: string(..262144), OutputDetails: CloudWatchEventsExecutionDataDetails, TraceHeader: string(0..256), BillingDetails: BillingDetails }
CloudWatchEventsExecutionDataDetails { Included: boolean }
BillingDetails { BilledMemoryUsedInMB: number, BilledDurationInMilliseconds: number }
DescribeExecutionOutput { ExecutionArn!: string(1..256), StateMachineArn!: string(1..256), Name: string(1..80), Status!: string{RUNNING|SUCCEEDED|FAILED|TIMED_OUT|ABORTED|PENDING_REDRIVE}, StartDate!: string, StopDate: string, Input: string(..262144), InputDetails: CloudWatchEventsExecutionDataDetails, Output: string(..262144), OutputDetails: CloudWatchEventsExecutionDataDetails, TraceHeader: string(0..256), MapRunArn: string(1..2000), Error: string(0..256), Cause: string(0..32768), StateMachineVersionArn: string(1..256), StateMachineAliasArn: string(1..256), RedriveCount: number, RedriveDate: string, RedriveStatus: string{REDRIVABLE|NOT_REDRIVABLE|REDRIVABLE_BY_MAP_RUN}, RedriveStatusReason: string(..262144) }
StopExecutionOutput { StopDate!: string }
`,
  sns: `
Publish = PublishResponse
PublishBatch = PublishBatchResponse
PublishResponse { MessageId: string, SequenceNumber: string }
PublishBatchResponse { Successful: [PublishBatchResultEntry], Failed: [BatchResultErrorEntry] }
PublishBatchResultEntry { Id: string, MessageId: string, SequenceNumber: string }
BatchResultErrorEntry { Id!: string, Code!: string, Message: string, SenderFault!: boolean }
`,
  sqs: `
SendMessage = SendMessageResult
SendMessageBatch = SendMessageBatchResult
ReceiveMessage = ReceiveMessageResult
SendMessageResult { MD5OfMessageBody: string, MD5OfMessageAttributes: string, MD5OfMessageSystemAttributes: string, MessageId: string, SequenceNumber: string }
SendMessageBatchResult { Successful!: [SendMessageBatchResultEntry], Failed!: [BatchResultErrorEntry] }
SendMessageBatchResultEntry { Id!: string, MessageId!: string, MD5OfMessageBody!: string, MD5OfMessageAttributes: string, MD5OfMessageSystemAttributes: string, SequenceNumber: string }
BatchResultErrorEntry { Id!: string, SenderFault!: boolean, Code!: string, Message: string }
ReceiveMessageResult { Messages: [Message] }
Message { MessageId: string, ReceiptHandle: string, MD5OfBody: string, Body: string, Attributes: <string>, MD5OfMessageAttributes: string, MessageAttributes: <MessageAttributeValue> }
MessageAttributeValue { StringValue: string, BinaryValue: string, StringListValues: [string], BinaryListValues: [string], DataType!: string }
`,
  ssm: `
GetParameter = GetParameterResult
GetParameters = GetParametersResult
GetParametersByPath = GetParametersByPathResult
PutParameter = PutParameterResult
GetParameterResult { Parameter: Parameter }
Parameter { Name: string(1..2048), Type: string{String|StringList|SecureString}, Value: string, Version: number, Selector: string(0..128), SourceResult: string, LastModifiedDate: string, ARN: string, DataType: string(0..128) }
GetParametersResult { Parameters: [Parameter], InvalidParameters: [string(1..2048)] }
GetParametersByPathResult { Parameters: [Parameter], NextToken: string }
PutParameterResult { Version: number, Tier: string{Standard|Advanced|Intelligent-Tiering} }
`,
};
