/** Something that may change, by kind and UUID: "checkout:018f…". Neither part has a comma in it. */
export type Topic = `${string}:${string}`;

/** Publishes changes. Returns at once; a failure is not reported to the caller. */
export type PublishChanges = (topics: Iterable<Topic>) => void;
