/** A text as a string literal of ClickHouse. */
export const literal = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

/** A name in ClickHouse's backticks. */
export const quoteName = (name: string): string => `\`${name.replace(/[\\`]/g, '\\$&')}\``;
