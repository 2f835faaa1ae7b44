/** State machines that show what the console draws. */

const pass = (next: object) => ({ Type: "Pass", ...next });

/** All eight types of states, a choice, a catcher, nested containers. */
export const ORDER = {
  Comment: "Takes an order, checks it in parallel, packs its items and ships it.",
  QueryLanguage: "JSONata",
  StartAt: "Validate order",
  States: {
    "Validate order": pass({ Output: "{% $states.input %}", Next: "Is it paid?" }),
    "Is it paid?": {
      Type: "Choice",
      Choices: [
        { Condition: "{% $states.input.paid %}", Next: "Check" },
        { Condition: "{% $states.input.amount > 1000 %}", Next: "Ask for approval" },
      ],
      Default: "Payment missing",
    },
    "Ask for approval": { Type: "Wait", Seconds: 1, Next: "Check" },
    Check: {
      Type: "Parallel",
      Branches: [
        {
          StartAt: "Check stock",
          States: {
            "Check stock": { Type: "Wait", Seconds: 1, Next: "Reserve" },
            Reserve: pass({ Output: { reserved: true }, End: true }),
          },
        },
        {
          StartAt: "Check address",
          States: { "Check address": pass({ Output: { address: "ok" }, End: true }) },
        },
      ],
      Catch: [{ ErrorEquals: ["States.ALL"], Next: "Payment missing" }],
      Output: "{% $states.input %}",
      Next: "Pack items",
    },
    "Pack items": {
      Type: "Map",
      Items: "{% $states.input.items %}",
      MaxConcurrency: 2,
      ItemProcessor: {
        StartAt: "Pack",
        States: {
          Pack: { Type: "Wait", Seconds: 1, Next: "Label" },
          Label: pass({ Output: "{% 'packed ' & $states.input %}", End: true }),
        },
      },
      Output: { packed: "{% $states.result %}" },
      Next: "Ship",
    },
    Ship: {
      Type: "Task",
      Resource: "arn:aws:states:us-east-1:123456789012:activity:ship",
      TimeoutSeconds: 600,
      Retry: [{ ErrorEquals: ["Carrier.Busy"], IntervalSeconds: 1, MaxAttempts: 3 }],
      Next: "Shipped",
    },
    Shipped: { Type: "Succeed" },
    "Payment missing": {
      Type: "Fail",
      Error: "PaymentMissing",
      Cause: "The order was not paid, and it is too small to be shipped on credit.",
    },
  },
};

export const ORDER_INPUT = {
  orderId: "A-1042",
  paid: true,
  amount: 129.9,
  items: ["lamp", "chair", "desk"],
};

/** Waits between two steps, so that somebody can watch; then ends. */
export const SLOW = {
  StartAt: "First",
  States: {
    First: pass({ Next: "Pause" }),
    Pause: { Type: "Wait", SecondsPath: "$.seconds", Next: "Last" },
    Last: { Type: "Succeed" },
  },
};

/** Fails unless its input says otherwise. */
export const FRAGILE = {
  StartAt: "Work",
  States: {
    Work: {
      Type: "Task",
      Resource: "arn:aws:states:us-east-1:123456789012:activity:ship",
      TimeoutSeconds: 600,
      Next: "Done",
    },
    Done: { Type: "Succeed" },
  },
};
