/** What is used of the devkit's `Tree`. It is described here, so that no package need be installed. */
export interface ProjectFiles {
  exists(path: string): boolean;
  read(path: string): Buffer | null;
  create(path: string, content: string): void;
  overwrite(path: string, content: string): void;
  getDir(path: string): { visit(visitor: (path: string) => void): void };
}
