import type { JobDefinition } from '../types.ts';
import { type Exporter, type ExportOptions, fiveFields, hardLimit, unitName } from './types.ts';

/** A CronJob for each job, all in one file. tsdbt retries by itself; Kubernetes does not once more. */
export const kubernetes: Exporter = (jobs, options) => [
  { name: `${options.project}-cronjobs.yaml`, text: jobs.map((job) => cronJob(job, options)).join('---\n') },
];

function cronJob(job: JobDefinition, { command, dir, image, project }: ExportOptions): string {
  const words = [...command.split(' '), 'job', 'run', job.name, '--skips-succeed'];
  return `apiVersion: batch/v1
kind: CronJob
metadata:
  name: ${unitName(job.name).slice(0, 52)}
  labels: {app.kubernetes.io/name: tsdbt, app.kubernetes.io/part-of: ${unitName(project)}}
spec:
  schedule: '${fiveFields(job)}'
  timeZone: ${job.schedule.zone}
  concurrencyPolicy: Forbid
  startingDeadlineSeconds: 60
  successfulJobsHistoryLimit: 3
  failedJobsHistoryLimit: 3
  jobTemplate:
    spec:
      backoffLimit: 0
      activeDeadlineSeconds: ${hardLimit(job)}
      template:
        spec:
          restartPolicy: Never
          terminationGracePeriodSeconds: 60
          containers:
            - name: tsdbt
              image: ${JSON.stringify(image)}
              workingDir: ${JSON.stringify(dir)}
              command: ${JSON.stringify(words)}
              envFrom:
                - secretRef: {name: ${unitName(project)}, optional: true}
`;
}
