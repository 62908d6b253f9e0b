/** The longest name of a Helm release. */
export const longestRelease = 53;
