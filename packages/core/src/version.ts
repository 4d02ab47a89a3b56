/** The release of Mixtura, which models name as their origin. The same as the package's version; `npm run release` writes it, a test holds that. */
export const VERSION = "0.0.0";
