import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { expect, it } from 'vitest';
import { startAws } from '../../../../sandbox/aws/start-aws.ts';
import { mailsOfAws, onMailOfAws } from '../../../../sandbox/mail/mails-of-aws.ts';

it('shows mails of SES and texts of SNS in the order in which they came, and tells of each', async () => {
  const aws = await startAws();
  const counts: number[] = [];
  onMailOfAws(aws, () => counts.push(mailsOfAws(aws).length));
  const { accessKeyId, secretAccessKey, url: endpoint } = aws;
  const options = { region: 'eu-central-1', endpoint, credentials: { accessKeyId, secretAccessKey } };
  aws.identities.verify('globex.example', 'eu-central-1');
  Object.assign(aws.ses('eu-central-1'), { productionAccess: true });
  await new SNSClient(options).send(new PublishCommand({ PhoneNumber: '+491700000001', Message: 'disk on gw-2' }));
  aws.advance(1_000);
  const send = (from: string) =>
    new SESv2Client(options).send(
      new SendEmailCommand({
        FromEmailAddress: from,
        Destination: { ToAddresses: ['gus@globex.example'] },
        Content: { Simple: { Subject: { Data: 'disk' }, Body: { Text: { Data: 'full' } } } },
      }),
    );
  await send('alerts@globex.example');
  await expect(send('alerts@initech.example')).rejects.toThrow('not verified');
  expect(mailsOfAws(aws)).toMatchObject([
    { by: 'SMS, SNS eu-central-1', to: ['+491700000001'], text: 'disk on gw-2' },
    { by: 'SES eu-central-1', from: 'alerts@globex.example', to: ['gus@globex.example'], subject: 'disk' },
  ]);
  expect(counts).toEqual([1, 2]);
  await aws.stop();
});
