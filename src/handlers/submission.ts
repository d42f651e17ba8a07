import { recallOrigin } from './modal-origin.ts';
import type { Submission } from './modal-spec.ts';

/** What Slack says of an element: by its kind, one of these holds what was filled in. */
export interface FilledInElement {
  readonly value?: string | null;
  readonly selected_option?: { readonly value: string } | null;
  readonly selected_options?: readonly { readonly value: string }[];
  readonly selected_date?: string | null;
  readonly selected_time?: string | null;
  /** Unix seconds. */
  readonly selected_date_time?: number | null;
  readonly selected_user?: string | null;
  readonly selected_users?: readonly string[];
  readonly selected_channel?: string | null;
  readonly selected_channels?: readonly string[];
  readonly selected_conversation?: string | null;
  readonly selected_conversations?: readonly string[];
}

export interface SubmissionPayload {
  readonly user: { readonly id: string; readonly team_id?: string };
  /** The person's workspace, where that is not ours. */
  readonly team?: { readonly id: string } | null;
  readonly enterprise?: { readonly id: string } | null;
  readonly view: {
    readonly callback_id?: string;
    readonly private_metadata?: string;
    readonly app_installed_team_id?: string;
    readonly blocks?: readonly { readonly type: string; readonly block_id?: string }[];
    readonly state?: { readonly values?: Readonly<Record<string, Readonly<Record<string, FilledInElement>>>> };
  };
}

/** What was sent, as modals read it; `undefined` when the view remembers what nobody understands. */
export function readSubmission({ view }: SubmissionPayload): Submission | undefined {
  const origin = recallOrigin(view.private_metadata);
  const blocks = Object.entries(view.state?.values ?? {});
  const values = blocks.map(([blockId, elements]) => [blockId, firstValue(elements)]);
  return origin === undefined ? undefined : { metadata: origin.metadata, values: Object.fromEntries(values) };
}

/** An input block has one element. */
function firstValue(elements: Readonly<Record<string, FilledInElement>>): string | undefined {
  const [element] = Object.values(elements);
  const text = element === undefined ? undefined : (oneOf(element) ?? severalOf(element)?.join(','));
  return text === '' ? undefined : text;
}

function oneOf(element: FilledInElement): string | undefined {
  const { selected_date_time: seconds } = element;
  return (
    element.value ??
    element.selected_option?.value ??
    element.selected_date ??
    element.selected_time ??
    element.selected_user ??
    element.selected_channel ??
    element.selected_conversation ??
    (typeof seconds === 'number' ? String(seconds) : undefined)
  );
}

function severalOf(element: FilledInElement): readonly string[] | undefined {
  const options = element.selected_options?.map(({ value }) => value);
  return options ?? element.selected_users ?? element.selected_channels ?? element.selected_conversations;
}
