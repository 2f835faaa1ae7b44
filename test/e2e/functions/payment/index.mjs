import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

class PaymentGatewayBusy extends Error {
  name = "PaymentGatewayBusy";
}

/**
 * Behaves as the order's `mode` says and notes every attempt in a file, so that attempts are
 * counted across restarts: "fail-once", "hang-once" (never answers the first attempt), "fail-always".
 */
export async function handler(order) {
  const file = join(process.env.LEDGER, `payment-${order.orderId}`);
  const attempt = existsSync(file) ? readFileSync(file, "utf8").length + 1 : 1;
  appendFileSync(file, "x");
  if (order.mode === "fail-always" || (order.mode === "fail-once" && attempt === 1)) {
    throw new PaymentGatewayBusy(`attempt ${attempt} of order ${order.orderId}`);
  }
  if (order.mode === "hang-once" && attempt === 1)
    await new Promise((resolve) => setTimeout(resolve, 60_000));
  return { paid: true, attempt };
}
