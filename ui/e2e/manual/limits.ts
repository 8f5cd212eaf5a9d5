/** No picture is larger, bytes: a manual of hundreds of them is fetched with the source. */
export const MOST_BYTES = 40 * 1024;
