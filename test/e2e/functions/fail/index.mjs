/** Throws an error of the class that it is told. */
export const handler = async ({ error, message }) => {
  throw Object.assign(new Error(message), { name: error });
};
