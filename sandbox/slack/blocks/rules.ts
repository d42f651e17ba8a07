import type { Json } from '../world/model.ts';
import { isObject } from './interactive.ts';

/** What is wrong, in Slack's words, and where: a JSON pointer such as `/blocks/0/text/text`. */
export interface Violation {
  readonly pointer: string;
  readonly message: string;
}

/** A place in what is checked. */
export interface Place {
  report(message: string): void;
  child(key: string | number): Place;
}

/** Reports what is wrong with one value. */
export type Rule = (value: unknown, place: Place) => void;

export function placeAt(pointer: string, violations: Violation[]): Place {
  return {
    report: (message) => violations.push({ pointer, message }),
    child: (key) => placeAt(`${pointer}/${key}`, violations),
  };
}

export const anything: Rule = () => {};

/** Lengths in characters. */
export function string(limits: { max?: number; min?: number } = {}): Rule {
  return (value, place) => {
    if (typeof value !== 'string') {
      place.report('must provide a string');
      return;
    }
    checkLength(value, limits, place);
  };
}

function checkLength(value: string, { max, min = 1 }: { max?: number; min?: number }, place: Place): void {
  if (max !== undefined && value.length > max) {
    place.report(`must be less than ${max + 1} characters`);
  }
  if (value.length < min) {
    place.report(`must be more than ${min - 1} characters`);
  }
}

export function oneOf(...allowed: readonly string[]): Rule {
  return (value, place) => {
    if (typeof value !== 'string' || !allowed.includes(value)) {
      place.report(`must be a valid enum value, one of: ${allowed.join(', ')}`);
    }
  };
}

export const boolean: Rule = (value, place) => {
  if (typeof value !== 'boolean') {
    place.report('must provide a boolean');
  }
};

export function integer(limits: { min: number; max: number }): Rule {
  return (value, place) => {
    if (!Number.isInteger(value) || Number(value) < limits.min || Number(value) > limits.max) {
      place.report(`must be a number between ${limits.min} and ${limits.max}`);
    }
  };
}

/** Counts in items. */
export function list(item: Rule, limits: { max?: number; min?: number } = {}): Rule {
  const { max = Number.POSITIVE_INFINITY, min = 1 } = limits;
  return (value, place) => {
    if (!Array.isArray(value)) {
      place.report('must provide an array');
      return;
    }
    if (value.length > max) {
      place.report(`no more than ${max} items allowed`);
    }
    if (value.length < min) {
      place.report(`no less than ${min} items allowed`);
    }
    value.forEach((member, index) => {
      item(member, place.child(index));
    });
  };
}

export interface Shape {
  readonly required?: Readonly<Record<string, Rule>>;
  readonly optional?: Readonly<Record<string, Rule>>;
  /** What one field cannot tell, e.g. "one of the two". */
  readonly also?: (value: Json, place: Place) => void;
}

/** An object with these fields and no others. */
export function object({ required = {}, optional = {}, also }: Shape): Rule {
  const known = { ...required, ...optional };
  return (value, place) => {
    if (!isObject(value)) {
      place.report('must provide an object');
      return;
    }
    for (const name of Object.keys(required).filter((field) => value[field] === undefined)) {
      place.report(`missing required field: ${name}`);
    }
    for (const [name, field] of Object.entries(value).filter(([, content]) => content !== undefined)) {
      const rule = known[name];
      if (rule === undefined) {
        place.report(`invalid additional property: ${name}`);
      } else {
        rule(field, place.child(name));
      }
    }
    also?.(value, place);
  };
}

/** An object whose `type` says which rule it must keep. */
export function byType(rules: Readonly<Record<string, Rule>>): Rule {
  return (value, place) => {
    if (!isObject(value)) {
      place.report('must provide an object');
      return;
    }
    const type = value.type;
    const rule = typeof type === 'string' && Object.hasOwn(rules, type) ? rules[type] : undefined;
    if (rule === undefined) {
      place.child('type').report(`unsupported type: ${String(type)}`);
      return;
    }
    rule(value, place);
  };
}

/** @returns a check that exactly one of the fields is there */
export function exactlyOne(...fields: readonly string[]): (value: Json, place: Place) => void {
  return (value, place) => {
    if (fields.filter((field) => value[field] !== undefined).length !== 1) {
      place.report(`must have exactly one of: ${fields.join(', ')}`);
    }
  };
}

/** @returns a check that one or more of the fields are there */
export function atLeastOne(...fields: readonly string[]): (value: Json, place: Place) => void {
  return (value, place) => {
    if (fields.every((field) => value[field] === undefined)) {
      place.report(`missing required field: ${fields.join(' or ')}`);
    }
  };
}
