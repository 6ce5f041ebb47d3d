import { connect } from './postgres/connection.ts';

/** Runs a file of statements in one transaction; written so that a second run changes nothing (`create ... if not exists`). */
export async function applySchema(url: string, sql: string): Promise<void> {
  const connection = await connect(url, 'tsdbt schema');
  try {
    await connection.query(`begin;\n${sql}\n;commit`);
  } finally {
    await connection.end();
  }
}
