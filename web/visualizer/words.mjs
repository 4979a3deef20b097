/** The page's words: those of `locales`, which the page brings in both languages. */

import { number } from "./numbers.mjs";

/**
 * A function that says a message in one language, with exactly its values put in.
 * @param {Record<string, string>} messages
 * @returns {(key: string, values?: Record<string, string | number>) => string}
 */
export function sayingIn(messages) {
  return (key, values = {}) => {
    if (!(key in messages)) throw new Error(`no message ${key}`);
    return messages[key].replace(/\{(\w+)\}/g, (_, name) => {
      if (!(name in values)) throw new Error(`${key} takes ${name}`);
      return typeof values[name] === "number" ? number(values[name]) : values[name];
    });
  };
}
