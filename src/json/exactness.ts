/**
 * A flag that says whether `JSON.stringify` met a value that it cannot print exactly. The `toJSON`
 * hooks of such values raise it; `stringify` lowers it before it prints and looks at it afterwards,
 * so that common values pay nothing for the uncommon ones.
 */
export const exactness = { lost: false };
