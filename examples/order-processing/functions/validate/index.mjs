/** An order is valid if it has an order id and no items with a price below zero. */
export async function handler(order) {
  if (typeof order.orderId !== "string" || order.orderId === "") {
    return { valid: false, reason: "orderId must be a text that is not empty" };
  }
  const items = order.items ?? [];
  if (items.some((item) => item.price < 0)) {
    return { valid: false, reason: "no price may be below zero" };
  }
  return { valid: true, total: items.reduce((sum, item) => sum + item.price, 0) };
}
