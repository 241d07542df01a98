/** Which parameter of which function the caret is in. */
import type { FunctionInfo, ParamInfo } from '../api/types';
import { isClosing, isOpening, tokens, type Token } from './tokens';

export interface Call {
  readonly name: string;
  /** Which argument, from 0. */
  readonly argument: number;
  /** Where the name begins. */
  readonly from: number;
}

/** The innermost call of a function around a place; null outside of any. */
export function callAt(text: string, place: number): Call | null {
  const before = tokens(text).filter((token) => token.from < place && !(token.to > place && token.kind !== 'string' && token.kind !== 'name'));
  const open: { readonly name: Token | null; commas: number }[] = [];
  for (const [i, token] of before.entries()) {
    if (token.kind === 'bracket' && isOpening(token.text)) {
      const name = before[i - 1];
      open.push({ name: name?.kind === 'function' && '(（'.includes(token.text) ? name : null, commas: 0 });
    } else if (token.kind === 'bracket' && isClosing(token.text)) open.pop();
    else if (token.kind === 'sign' && (token.text === ',' || token.text === '，')) {
      const here = open.at(-1);
      if (here) here.commas += 1;
    }
  }
  for (const { name, commas } of open.reverse()) if (name) return { name: name.text, argument: commas, from: name.from };
  return null;
}

/** The text of a string that the caret is in, and where it lies; null outside of strings. */
export function stringAt(text: string, place: number): { readonly from: number; readonly to: number; readonly text: string } | null {
  const here = tokens(text).find((token) => token.kind === 'string' && token.from < place && (place < token.to || (place === token.to && !/^(["']).*\1$/s.test(token.text))));
  if (!here) return null;
  const shut = here.text.length > 1 && here.text.endsWith(here.text.charAt(0));
  return { from: here.from + 1, to: here.to - (shut ? 1 : 0), text: text.slice(here.from + 1, place) };
}

/** The parameter an argument is for: the last one of a function that takes any number. */
export function parameterOf(info: FunctionInfo, argument: number): ParamInfo | undefined {
  return info.params[info.repeats ? Math.min(argument, info.params.length - 1) : argument];
}
