import type { Project } from '../../model/index.ts';
import { type Data, isDataMap } from '../../util/data.ts';

/** `query-comment`: absent is dbt's own comment (null), `false` or an empty text is none (''). */
export function queryCommentOf(written: Data | undefined): Project['queryComment'] {
  if (written === undefined) return { comment: null, append: false, jobLabel: false };
  if (isDataMap(written)) {
    const { comment, append, 'job-label': jobLabel } = written;
    return {
      comment: comment === undefined || comment === null ? null : String(comment),
      append: append === true,
      jobLabel: jobLabel === true,
    };
  }
  return { comment: typeof written === 'string' ? written : '', append: false, jobLabel: false };
}
