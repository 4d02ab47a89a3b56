/** The release of Mixtura, which models name as their origin. The same as the package's version; a test holds that. */
export const VERSION = "0.0.0";
