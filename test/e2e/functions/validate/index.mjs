/** Orders without an id are not valid. */
export const handler = async (order) => ({ valid: order.orderId !== "" });
