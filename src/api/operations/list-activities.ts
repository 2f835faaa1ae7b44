import { pageSize, pageToken } from "../model.ts";
import { operation } from "../operation.ts";
import { pageOf } from "../page.ts";
import { optional } from "../shapes.ts";
import { seconds } from "../time.ts";

export const listActivities = operation(
  "ListActivities",
  { maxResults: optional(pageSize), nextToken: optional(pageToken) },
  async (input, context) => {
    const activities = context.catalog.activities.list();
    const { items, nextToken } = pageOf(activities, context.paging, ["ListActivities"], input);
    return {
      activities: items.map((activity) => ({
        activityArn: activity.arn,
        name: activity.name,
        creationDate: seconds(activity.createdAt),
      })),
      nextToken,
    };
  },
);
