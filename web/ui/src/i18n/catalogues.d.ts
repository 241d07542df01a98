/** The parts of the catalogues that the page loads: see vite.config.ts. */
declare module '$words/*' {
  const words: Readonly<Record<string, string>>;
  export default words;
}
declare module '$screens/*' {
  const words: Readonly<Record<string, string>>;
  export default words;
}
declare module '$problems/*' {
  const problems: Readonly<Record<string, string>>;
  export default problems;
}
