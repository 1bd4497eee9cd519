/**
 * Version of the rules, stored with every row whose text they made. Grows with every change of what they find. In a file
 * of its own, so that whoever stores the number does not load the rules.
 */
export const REDACTION_VERSION = 3;
