// The sections of all kinds other than scalars.

export const kindSections = [];
