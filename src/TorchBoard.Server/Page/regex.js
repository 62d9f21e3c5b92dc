// Filters by regular expression, as a person types them.

/**
 * A test of names: { test(name), error }. Upper and lower case are the same. What is no expression (yet) is looked for as it
 * stands, and `error` says why.
 */
export function matcher(pattern) {
  if (pattern === '') {
    return { test: () => true, error: null };
  }
  try {
    const expression = new RegExp(pattern, 'i');
    return { test: name => expression.test(name), error: null };
  } catch (error) {
    const text = pattern.toLowerCase();
    return { test: name => name.toLowerCase().includes(text), error: error.message };
  }
}
