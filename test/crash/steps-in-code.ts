// Reads from the sources which steps there are to crash at: every call of a port that is waited for, wherever updates and orders lead.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import ts from 'typescript';

const APP = resolve('src/app');
const PORTS = join(APP, 'ports');

const parse = (file: string): ts.SourceFile =>
  ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ESNext, /* setParentNodes */ true);

const visit = (node: ts.Node, look: (node: ts.Node) => void): void => {
  look(node);
  node.forEachChild((child) => visit(child, look));
};

/** The use cases that can be reached from these, by imports of values or of types, themselves included. */
export const reachableFrom = (entries: readonly string[]): readonly string[] => {
  const found = new Set<string>();
  const follow = (file: string): void => {
    if (found.has(file)) return;
    found.add(file);
    for (const statement of parse(file).statements) {
      if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
      const imported = resolve(dirname(file), statement.moduleSpecifier.text);
      if (dirname(imported) === APP && existsSync(imported)) follow(imported);
    }
  };
  for (const entry of entries) follow(join(APP, entry));
  return [...found].sort();
};

/** What a method of a port is called, and whether its caller has to wait for it. */
type PortMethod = { readonly port: string; readonly method: string; readonly isAwaited: boolean };

/** The methods of the types that stand in `src/app/ports`. */
export const portMethods = (): readonly PortMethod[] => {
  const methods: PortMethod[] = [];
  for (const file of readdirSync(PORTS)) {
    for (const statement of parse(join(PORTS, file)).statements) {
      if (!ts.isTypeAliasDeclaration(statement)) continue;
      visit(statement.type, (node) => {
        if (!ts.isMethodSignature(node)) return;
        const isAwaited = node.type?.getText().startsWith('Promise<') === true;
        methods.push({ port: statement.name.text, method: node.name.getText(), isAwaited });
      });
    }
  }
  return methods;
};

/** The name by which an object is known where its property is taken: `ledger` of `deps.ledger.append`. */
const holderOf = ({ expression }: ts.PropertyAccessExpression): string =>
  ts.isPropertyAccessExpression(expression) ? expression.name.text : expression.getText();

/**
 * The steps by the type of their port, such as `Ledger.append`, with the files that take them. A method that is handed on uncalled
 * counts too, where its object is called like a port: `claim: ledger.claimOrders`.
 */
export const stepsIn = (files: readonly string[]): ReadonlyMap<string, readonly string[]> => {
  const awaited = new Map(portMethods().flatMap(({ port, method, isAwaited }) => (isAwaited ? [[method, port]] : [])));
  const ports = new Set([...awaited.values()].map((port) => port.toLowerCase()));
  const steps = new Map<string, string[]>();
  for (const file of files) {
    visit(parse(file), (node) => {
      if (!ts.isPropertyAccessExpression(node)) return;
      const port = awaited.get(node.name.text);
      const isCalled = ts.isCallExpression(node.parent) && node.parent.expression === node;
      if (port === undefined || (!isCalled && !ports.has(holderOf(node).toLowerCase()))) return;
      const step = `${port}.${node.name.text}`;
      steps.set(step, [...new Set([...(steps.get(step) ?? []), file.slice(APP.length + 1)])]);
    });
  }
  return steps;
};
