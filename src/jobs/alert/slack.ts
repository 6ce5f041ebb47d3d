import type { Alert } from '../run/types.ts';

const HEADS: Readonly<Record<Alert['kind'], string>> = {
  failure: ':red_circle: failed',
  recovery: ':large_green_circle: recovered',
  late: ':hourglass: late',
  fresh: ':large_green_circle: fresh again',
  dead: ':mailbox_with_no_mail: dead letters',
};
const SHOWN_NODES = 10;
/** Slack refuses a section's text beyond 3000 characters. */
const MAX_TEXT = 2900;

/** An alert as Slack's incoming webhooks take it. `logUrl`: where the log can be read, if there is such a place. */
export function slackMessage(
  alert: Alert,
  logUrl?: string,
): { readonly text: string; readonly blocks: readonly unknown[] } {
  const head = `${HEADS[alert.kind]}: *${escaped(alert.job)}*`;
  const nodes = alert.failed.slice(0, SHOWN_NODES).map(({ name, message }) => {
    const why = message?.split('\n')[0]?.slice(0, 200) ?? '';
    return `• \`${escaped(name)}\` ${escaped(why)}`.trimEnd();
  });
  const more = alert.failed.length - nodes.length;
  const lines = [
    head,
    escaped(alert.message),
    ...nodes,
    ...(more > 0 ? [`and ${more} more`] : []),
    `${alert.at}, run ${alert.runId}${logUrl === undefined ? '' : `, <${logUrl}|log>`}`,
  ];
  const text = lines.join('\n').slice(0, MAX_TEXT);
  return {
    text: lines.slice(0, 2).join(' ').slice(0, MAX_TEXT),
    blocks: [{ type: 'section', text: { type: 'mrkdwn', text } }],
  };
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
