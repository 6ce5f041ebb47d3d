import type { Relation } from '../objects/relation.ts';
import type { Found } from './read-relations.ts';

/** Engines of databases whose tables can be exchanged in one step. */
const EXCHANGING = ['Atomic', 'Replicated', 'Shared'];

/** What exists, as far as it was asked for; kept true by what this process does itself. */
export class RelationCache {
  private readonly schemas = new Map<string, string | undefined>();
  private readonly relations = new Map<string, Map<string, Relation>>();
  private exchangeWorks = true;

  /** Takes in an answer about these schemas; those it does not have do not exist. */
  learn(asked: readonly string[], found: Found): void {
    for (const schema of asked) {
      this.schemas.set(schema, found.schemas.get(schema));
      this.relations.set(schema, new Map());
    }
    for (const relation of found.relations) this.add(relation);
  }

  isKnown(schema: string): boolean {
    return this.schemas.has(schema);
  }

  exists(schema: string): boolean {
    return this.schemas.get(schema) !== undefined;
  }

  /** @param engine as the profile has it, arguments included; '' for the server's default */
  schemaCreated(schema: string, engine: string): void {
    this.schemas.set(schema, /^\w+/.exec(engine)?.[0] ?? 'Atomic');
    if (!this.relations.has(schema)) this.relations.set(schema, new Map());
  }

  schemaDropped(schema: string): void {
    this.schemas.set(schema, undefined);
    this.relations.set(schema, new Map());
  }

  engineOf(schema: string): string | undefined {
    return this.schemas.get(schema);
  }

  /** Whether two tables of the schema can be exchanged in one step. */
  canExchangeIn(schema: string): boolean {
    return this.exchangeWorks && EXCHANGING.includes(this.schemas.get(schema) ?? '');
  }

  /** The server has said that it cannot, whatever the database's engine: its file system lacks the means. */
  exchangeFailed(): void {
    this.exchangeWorks = false;
  }

  get(schema: string, identifier: string): Relation | undefined {
    return this.relations.get(schema)?.get(identifier);
  }

  list(schema: string): readonly Relation[] {
    return [...(this.relations.get(schema)?.values() ?? [])];
  }

  /** The materialized views whose query names a relation. */
  viewsReading(schema: string, identifier: string): readonly Relation[] {
    const name = `${schema}.${identifier}`;
    return [...this.relations.values()].flatMap((inSchema) =>
      [...inSchema.values()].filter(({ state }) => state.readsFrom.includes(name)),
    );
  }

  add(relation: Relation): void {
    const { schema, identifier, type } = relation.state;
    if (schema === null || identifier === null) return;
    const canExchange = type === 'table' && this.canExchangeIn(schema);
    const inSchema = this.relations.get(schema) ?? new Map<string, Relation>();
    inSchema.set(identifier, canExchange === relation.state.canExchange ? relation : relation.replace({ canExchange }));
    this.relations.set(schema, inSchema);
  }

  drop(relation: Relation): void {
    this.relations.get(relation.state.schema ?? '')?.delete(relation.state.identifier ?? '');
  }

  rename(from: Relation, to: Relation): void {
    const { type } = from.state;
    this.drop(from);
    this.add(to.replace({ type: type ?? to.state.type, feedingViews: from.state.feedingViews }));
  }

  /** Both names stay; what lay under one lies under the other. Views that write into a name go on writing into it. */
  exchange(a: Relation, b: Relation): void {
    const first = this.current(a);
    const second = this.current(b);
    this.add(first.replace({ type: second.state.type ?? 'table' }));
    this.add(second.replace({ type: first.state.type ?? 'table' }));
  }

  private current(relation: Relation): Relation {
    return this.get(relation.state.schema ?? '', relation.state.identifier ?? '') ?? relation;
  }
}
