import { isObject } from '../blocks/interactive.ts';
import type { Json } from '../world/model.ts';
import { isKnown } from '../world/shapes.ts';
import type { World } from '../world/world.ts';
import { SlackApiError } from './api-method.ts';
import { describeViolations } from './message-content.ts';

/**
 * A block that shows a file is refused until Slack has found out that it is a picture.
 * @throws SlackApiError `invalid_blocks`, for views `invalid_arguments`
 */
export function checkSlackFiles({ blocks, view }: Json, world: World): void {
  const pointers = [...wrongFiles(blocks, '/blocks', world), ...wrongFiles(view, '/view', world)];
  if (pointers.length > 0) {
    const violations = pointers.map((pointer) => ({ pointer, message: 'invalid slack file' }));
    throw new SlackApiError(
      view === undefined ? 'invalid_blocks' : 'invalid_arguments',
      describeViolations(violations),
    );
  }
}

function wrongFiles(part: unknown, pointer: string, world: World): readonly string[] {
  if (Array.isArray(part)) {
    return part.flatMap((one, index) => wrongFiles(one, `${pointer}/${index}`, world));
  }
  if (!isObject(part)) {
    return [];
  }
  const { slack_file: shown } = part;
  const file = isObject(shown) ? world.files.get(String(shown.id)) : undefined;
  const isWrong = shown !== undefined && !(file && isKnown(file) && file.mimetype.startsWith('image/'));
  return [
    ...(isWrong ? [`${pointer}/slack_file`] : []),
    ...Object.entries(part).flatMap(([key, value]) => wrongFiles(value, `${pointer}/${key}`, world)),
  ];
}
