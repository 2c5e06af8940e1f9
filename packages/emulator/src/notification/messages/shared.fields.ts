export const NOT_FORWARDED = { forwardingScore: 0, isForwarded: false } as const;

/** A JPEG of one pixel. */
export const THUMBNAIL =
  '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=';
