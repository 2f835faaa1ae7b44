/** Said to services that ask why a job is stopped. */
export const STOP_REASON = "The Step Functions task that was managing this job was aborted";
