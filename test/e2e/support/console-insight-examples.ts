/** State machines that show what the console tells about executions. */

const SHIP = "arn:aws:states:us-east-1:123456789012:activity:ship";

/** All stages of JSONPath's data flow, retries, variables, and a rule that nothing matches. */
export const CHECKOUT = {
  Comment: "Asks for a price, retries while the shop is busy, and decides by the amount.",
  StartAt: "Prepare",
  States: {
    Prepare: {
      Type: "Pass",
      Assign: { "customer.$": "$.customer", limit: 100 },
      Next: "Ask for price",
    },
    "Ask for price": {
      Type: "Task",
      Resource: SHIP,
      InputPath: "$.order",
      Parameters: { "sku.$": "$.sku", "customer.$": "$customer" },
      ResultSelector: { "amount.$": "$.price" },
      ResultPath: "$.priced",
      TimeoutSeconds: 600,
      Retry: [{ ErrorEquals: ["Shop.Busy"], IntervalSeconds: 1, MaxAttempts: 3 }],
      Next: "Check amount",
    },
    "Check amount": {
      Type: "Choice",
      Choices: [{ Variable: "$.priced.amount", NumericLessThanPath: "$limit", Next: "Pay" }],
    },
    Pay: { Type: "Pass", Result: { paid: true }, ResultPath: "$.payment", Next: "Done" },
    Done: { Type: "Succeed" },
  },
};

export const CHECKOUT_INPUT = {
  customer: "A. Turing",
  order: { sku: "lamp-7", quantity: 2, notes: ["fragile"] },
};

/** The rule that CHECKOUT lacks. */
export const CHECKOUT_MENDED = {
  ...CHECKOUT,
  States: {
    ...CHECKOUT.States,
    "Check amount": { ...CHECKOUT.States["Check amount"], Default: "Pay" },
  },
};

/** Seven states for each of many items: of 1,500 items there are 24,000 events. */
export const MANY_EVENTS = {
  StartAt: "Each",
  States: {
    Each: {
      Type: "Map",
      ItemProcessor: {
        StartAt: "One",
        States: Object.fromEntries(
          ["One", "Two", "Three", "Four", "Five", "Six", "Seven"].map((name, index, names) => {
            const next = names[index + 1];
            return [
              name,
              { Type: "Pass", ...(next === undefined ? { End: true } : { Next: next }) },
            ];
          }),
        ),
      },
      ResultPath: null,
      End: true,
    },
  },
};

/** A distributed Map of which each tenth item fails. */
export const MANY_CHILDREN = {
  StartAt: "Import rows",
  States: {
    "Import rows": {
      Type: "Map",
      ToleratedFailurePercentage: 20,
      MaxConcurrency: 200,
      ItemProcessor: {
        ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
        StartAt: "Check row",
        States: {
          "Check row": {
            Type: "Choice",
            QueryLanguage: "JSONata",
            Choices: [{ Condition: "{% $states.input % 10 = 3 %}", Next: "Refuse" }],
            Default: "Store",
          },
          Store: { Type: "Pass", End: true },
          Refuse: { Type: "Fail", Error: "Row.Invalid", Cause: "The row has no customer." },
        },
      },
      ResultPath: null,
      End: true,
    },
  },
};

/** A distributed Map whose children wait for a worker. */
export const WAITING_CHILDREN = {
  StartAt: "Review",
  States: {
    Review: {
      Type: "Map",
      ItemProcessor: {
        ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
        StartAt: "Ask",
        States: { Ask: { Type: "Wait", Seconds: 3_600, End: true } },
      },
      End: true,
    },
  },
};

/** Waits for somebody who answers an activity's task by hand. */
export const APPROVAL = {
  StartAt: "Approve refund",
  States: {
    "Approve refund": {
      Type: "Task",
      Resource: "arn:aws:states:us-east-1:123456789012:activity:approve",
      TimeoutSeconds: 86_400,
      HeartbeatSeconds: 3_600,
      Catch: [{ ErrorEquals: ["Refused"], Next: "Tell the customer" }],
      Next: "Refund",
    },
    Refund: { Type: "Succeed" },
    "Tell the customer": { Type: "Fail", Error: "Refused", Cause: "The refund was refused." },
  },
};
