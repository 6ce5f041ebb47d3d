/** Many objects alike: for each field its different values, and which of them each object has (0 for none, else the place + 1). */
export interface Table {
  readonly count: number;
  readonly fields: Readonly<Record<string, readonly [values: readonly unknown[], of: readonly number[]]>>;
}

type Row = Readonly<Record<string, unknown>>;

export function tableOf(rows: readonly Row[]): Table {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const fields = names.map((name): [string, [unknown[], number[]]] => {
    const places = new Map<string, number>();
    const values: unknown[] = [];
    const of = rows.map((row) => {
      if (row[name] === undefined) return 0;
      const key = JSON.stringify(row[name]);
      const known = places.get(key);
      if (known !== undefined) return known;
      const place = values.push(row[name]);
      places.set(key, place);
      return place;
    });
    return [name, [values, of]];
  });
  return { count: rows.length, fields: Object.fromEntries(fields) };
}

export function rowsOf({ count, fields }: Table): Row[] {
  return Array.from({ length: count }, (_, row) =>
    Object.fromEntries(
      Object.entries(fields).flatMap(([name, [values, of]]) =>
        (of[row] ?? 0) === 0 ? [] : [[name, values[(of[row] as number) - 1]]],
      ),
    ),
  );
}
