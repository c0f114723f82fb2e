import path from 'node:path';
import ts from 'typescript';

/** Reads the compiler options that the project is checked with. */
function readConfig(root: string): ts.ParsedCommandLine {
  const file = path.join(root, 'tsconfig.json');
  const { config } = ts.readConfigFile(file, ts.sys.readFile);
  return ts.parseJsonConfigFileContent(config, ts.sys, root);
}

/**
 * Lists the look-ups of a key that is only known at run time in an object with a string index signature, in the files
 * under `folders`: `<file>: <type of the object>`, each once, sorted. Such a look-up finds `constructor`, `toString`
 * and `__proto__` in every plain object.
 */
export function findRecordLookUps(root: string, folders: readonly string[]): readonly string[] {
  const { options, fileNames } = readConfig(root);
  const wanted = fileNames.filter(file => folders.some(folder => file.startsWith(path.join(root, folder, path.sep))));
  const { tsBuildInfoFile: _, ...rest } = options;
  const program = ts.createProgram(wanted, { ...rest, incremental: false });
  return lookUpsIn(program, wanted).map(({ file, text }) => `${path.relative(root, file)}: ${text}`);
}

/** Lists the same look-ups in one source text that imports nothing. */
export function findRecordLookUpsInText(text: string): readonly string[] {
  const options: ts.CompilerOptions = { target: ts.ScriptTarget.ES2024, strict: true, noLib: false, types: [] };
  const host = ts.createCompilerHost(options);
  const own = ts.createSourceFile('own.ts', text, ts.ScriptTarget.ES2024, true);
  const read = host.getSourceFile.bind(host);
  const program = ts.createProgram(['own.ts'], options, {
    ...host,
    getSourceFile: (name, version) => (name === 'own.ts' ? own : read(name, version)),
  });
  return lookUpsIn(program, ['own.ts']).map(found => found.text);
}

interface LookUp {
  readonly file: string;
  /** The look-up as it is written. */
  readonly text: string;
}

function lookUpsIn(program: ts.Program, files: readonly string[]): readonly LookUp[] {
  const checker = program.getTypeChecker();
  return files.flatMap(file => {
    const source = program.getSourceFile(file);
    if (source === undefined) return [];
    const found: LookUp[] = [];
    const visit = (node: ts.Node): void => {
      if (isByName(node, checker)) found.push({ file, text: node.getText(source) });
      ts.forEachChild(node, visit);
    };
    visit(source);
    return found;
  });
}

function isByName(node: ts.Node, checker: ts.TypeChecker): boolean {
  if (ts.isElementAccessExpression(node)) return isLookUp(node, checker);
  if (ts.isObjectBindingPattern(node)) return isUnpacking(node, checker);
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.InKeyword && isIn(node, checker);
}

/** `record[name]`, read, stored or deleted. */
function isLookUp(node: ts.ElementAccessExpression, checker: ts.TypeChecker): boolean {
  return isAnyName(node.argumentExpression, checker) && hasNames(node.expression, checker) && !isGuarded(node);
}

/** `name in record`. */
function isIn({ left, right }: ts.BinaryExpression, checker: ts.TypeChecker): boolean {
  return isAnyName(left, checker) && hasNames(right, checker);
}

/** `const { [name]: value } = record`. */
function isUnpacking(node: ts.ObjectBindingPattern, checker: ts.TypeChecker): boolean {
  const names = node.elements.map(({ propertyName }) => propertyName);
  const isComputed = names.some(
    name => name !== undefined && ts.isComputedPropertyName(name) && isAnyName(name.expression, checker),
  );
  return isComputed && hasNames(node, checker);
}

/** Tells whether the look-up is the value of a conditional that first asks `Object.hasOwn` for the same key. */
function isGuarded({ parent, expression, argumentExpression }: ts.ElementAccessExpression): boolean {
  if (!ts.isConditionalExpression(parent)) return false;
  return parent.condition.getText().includes(`Object.hasOwn(${expression.getText()}, ${argumentExpression.getText()})`);
}

/** Tells whether a key can be any string: not a literal, a union of literals, a number or a symbol. */
function isAnyName(key: ts.Expression, checker: ts.TypeChecker): boolean {
  const type = checker.getTypeAtLocation(key);
  const parts = type.isUnion() ? type.types : [type];
  return parts.some(({ flags }) => (flags & (ts.TypeFlags.String | ts.TypeFlags.TemplateLiteral)) !== 0);
}

/** Tells whether an object has an index signature of strings: a plain object that is used as a map. */
function hasNames(object: ts.Node, checker: ts.TypeChecker): boolean {
  const type = checker.getNonNullableType(checker.getTypeAtLocation(object));
  const parts = type.isUnion() ? type.types : [type];
  return parts.some(part => checker.getIndexInfoOfType(part, ts.IndexKind.String) !== undefined);
}
