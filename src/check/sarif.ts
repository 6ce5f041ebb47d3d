import { CODES } from '../error/index.ts';
import type { Finding } from './types.ts';

/** Findings as SARIF 2.1.0, which code hosts and editors show on the lines. */
export function sarif(findings: readonly Finding[]) {
  const codes = [...new Set(findings.map(({ code }) => code))].sort();
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'tsdbt',
            rules: codes.map((id) => ({ id, shortDescription: { text: CODES[id] } })),
          },
        },
        results: findings.map(({ code, severity, subject, message, hint, at }) => ({
          ruleId: code,
          level: severity === 'error' ? 'error' : 'warning',
          message: { text: `${subject}: ${message}${hint === undefined ? '' : `\n${hint}`}` },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: at.file.replaceAll('\\', '/') },
                region: { startLine: Math.max(at.line, 1), ...(at.col > 0 ? { startColumn: at.col } : {}) },
              },
            },
          ],
        })),
      },
    ],
  };
}
