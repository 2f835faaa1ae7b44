/** Step Functions sees the name of the class as the error's name. */
class PaymentGatewayBusy extends Error {
  name = "PaymentGatewayBusy";
}
class CardDeclined extends Error {
  name = "CardDeclined";
}

/** Orders whose first attempt has failed. */
const tried = new Set();

/**
 * The first attempt of every order fails, as a busy gateway might, and the state machine's Retry
 * tries again. A payment with `"card": "declined"` never succeeds and ends in the Catch.
 */
export async function handler(order) {
  if (order.card === "declined")
    throw new CardDeclined(`the card of order ${order.orderId} was declined`);
  if (!tried.has(order.orderId)) {
    tried.add(order.orderId);
    throw new PaymentGatewayBusy(`no line to the bank for order ${order.orderId}, try again`);
  }
  tried.delete(order.orderId);
  return { orderId: order.orderId, paid: true, total: order.validation.total };
}
