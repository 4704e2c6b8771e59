/** Something that may change, by kind and UUID: "checkout:018f…". Neither part has a comma in it. */
export type Topic = `${string}:${string}`;

/** Tells everybody who listens that something has changed. At once; what is lost on the way is not told to the caller. */
export type PublishChanges = (topics: Iterable<Topic>) => void;
