/** The formula editor, on CodeMirror. It is a chunk of its own, loaded when somebody first edits a formula. */
import { acceptCompletion, autocompletion, closeBrackets, closeBracketsKeymap, closeCompletion, completionStatus, moveCompletionSelection, startCompletion, type Completion, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, insertNewline } from '@codemirror/commands';
import { bracketMatching } from '@codemirror/language';
import { setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { Compartment, EditorSelection, EditorState, Prec, StateField, type Extension } from '@codemirror/state';
import { Decoration, EditorView, keymap, showTooltip, ViewPlugin, type DecorationSet, type Tooltip, type ViewUpdate } from '@codemirror/view';

import { linesByCode } from '../model/document';
import { allOffers, offersAt, type Offer } from './completion';
import { callAt, parameterOf } from './signature';
import { theme } from './theme';
import { tokens } from './tokens';
import type { Editor, EditorOptions, EditorTexts, Known, Mark } from './types';

/** What to write of a line, a function or a code. */
function completion(offer: Offer, texts: EditorTexts): Completion {
  const unit = offer.unit === '' ? '' : texts.unit(offer.unit);
  return {
    label: offer.text,
    type: offer.kind,
    detail: [offer.detail, unit].filter(Boolean).join(' · '),
    ...(offer.info === '' ? {} : { info: () => element('div', 'fx-info', offer.info) }),
    apply: (view, picked, from, to) => {
      const called = offer.kind === 'function' && !/^\s*[(（]/u.test(view.state.sliceDoc(to));
      view.dispatch({
        changes: { from, to, insert: called ? `${picked.label}()` : picked.label },
        selection: { anchor: from + picked.label.length + (called ? 1 : 0) },
        userEvent: 'input.complete',
      });
    },
  };
}

function element(tag: string, className: string, text = ''): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

/** Whether the arrows chose in the list: only then Enter takes what is chosen, else it commits the formula. */
class Chosen {
  by: 'nobody' | 'arrows' = 'nobody';
}

function completing(options: EditorOptions): Extension {
  let made: { readonly known: Known; readonly all: readonly Offer[] } | null = null;
  const offers = (): readonly Offer[] => {
    const known = options.known();
    if (made?.known.document !== known.document || made.known.reference !== known.reference || made.known.lang !== known.lang) made = { known, all: allOffers(known.document, known.reference, known.lang) };
    return made.all;
  };
  const source = (context: CompletionContext): CompletionResult | null => {
    const text = context.state.doc.toString();
    const found = offersAt(text, context.pos, { ...options.known(), all: offers() }, context.explicit);
    if (!found) return null;
    // A name that is written in full is offered no more, unless there are longer ones.
    const written = text.slice(found.from, found.to);
    if (!context.explicit && found.list.length === 1 && found.list[0]?.text === written) return null;
    const texts = options.texts();
    return { from: found.from, to: found.to, options: found.list.map((offer) => completion(offer, texts)), filter: false };
  };
  return autocompletion({ override: [source], icons: true, defaultKeymap: false, activateOnTypingDelay: 60, interactionDelay: 0, maxRenderedOptions: 60, tooltipClass: () => 'fx-completion', optionClass: ({ type }) => `fx-offer-${type ?? ''}` });
}

function keys(options: EditorOptions, chosen: Chosen): Extension {
  const open = (view: EditorView): boolean => completionStatus(view.state) === 'active';
  const move = (forward: boolean, by: 'option' | 'page' = 'option') => (view: EditorView): boolean => {
    if (!open(view)) return false;
    chosen.by = 'arrows';
    return moveCompletionSelection(forward, by)(view);
  };
  return Prec.highest(keymap.of([
    { key: 'ArrowDown', run: move(true) },
    { key: 'ArrowUp', run: move(false) },
    { key: 'PageDown', run: move(true, 'page') },
    { key: 'PageUp', run: move(false, 'page') },
    { key: 'Ctrl-Space', run: startCompletion },
    { key: 'Alt-ArrowDown', run: startCompletion },
    { key: 'Tab', run: (view) => open(view) && acceptCompletion(view) },
    { key: 'Enter', run: (view) => {
      if (open(view) && chosen.by === 'arrows' && acceptCompletion(view)) return true;
      closeCompletion(view);
      options.onCommit();
      return true;
    } },
    { key: 'Alt-Enter', run: insertNewline },
    { key: 'Shift-Enter', run: insertNewline },
    { key: 'Escape', run: (view) => {
      if (!closeCompletion(view)) options.onCancel();
      return true;
    }, stopPropagation: true },
  ]));
}

/** Colours: a name is a line's, a word of the language, or nobody's. */
function colours(options: EditorOptions): Extension {
  const marks = (view: EditorView): DecorationSet => {
    const { document: plan, reference } = options.known();
    const lines = linesByCode(plan);
    const functions = new Set(reference?.functions.map((one) => one.name));
    return Decoration.set(tokens(view.state.doc.toString()).map((token) => {
      const kind = token.kind === 'name' && lines.has(token.text) ? 'line' : token.kind === 'function' && functions.size > 0 && !functions.has(token.text) ? 'name' : token.kind;
      return Decoration.mark({ class: `fx-${kind}` }).range(token.from, token.to);
    }));
  };
  return ViewPlugin.fromClass(class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = marks(view);
    }
    update(update: ViewUpdate): void {
      if (update.docChanged || update.transactions.some((one) => one.reconfigured)) this.decorations = marks(update.view);
    }
  }, { decorations: (plugin) => plugin.decorations });
}

/** The function the caret is in, with its parameters; the one at the caret stands out. */
function signatures(options: EditorOptions): Extension {
  const tip = (state: EditorState): Tooltip | null => {
    const text = state.doc.toString();
    const call = callAt(text, state.selection.main.head);
    const info = call && options.known().reference?.functions.find((one) => one.name === call.name);
    if (!call || !info) return null;
    const current = parameterOf(info, call.argument);
    return {
      pos: call.from,
      above: true,
      create: () => {
        const texts = options.texts();
        const dom = element('div', 'fx-signature');
        const head = element('div', 'fx-parameters');
        head.append(element('span', 'fx-function', `${info.name}(`));
        info.params.forEach((param, i) => {
          if (i > 0) head.append(', ');
          const shown = element(param === current ? 'strong' : 'span', param === current ? 'fx-current' : '', param.optional ? `[${param.name}]` : param.name);
          head.append(shown);
        });
        if (info.repeats) head.append(', …');
        head.append(element('span', 'fx-function', ')'));
        if (info.unit !== '') head.append(element('span', 'fx-gives', `→ ${texts.unit(info.unit)}`));
        dom.append(head);
        if (current) dom.append(element('div', 'fx-takes', `${texts.parameter(current.name, texts.takes(current))}${current.optional ? texts.optional : ''}`));
        return { dom };
      },
    };
  };
  const field = StateField.define<Tooltip | null>({
    create: tip,
    update: (value, change) => (change.docChanged || change.selection || change.reconfigured ? tip(change.state) : value),
    provide: (of) => showTooltip.from(of),
  });
  return field;
}

function attributes(options: EditorOptions): Extension {
  return EditorView.contentAttributes.of({
    'aria-label': options.texts().label, 'aria-describedby': options.describedBy, 'aria-multiline': 'true', spellcheck: 'false', autocorrect: 'off', autocapitalize: 'off', enterkeyhint: 'done',
  });
}

/** Puts an editor into the page. */
export function mount(host: HTMLElement, options: EditorOptions): Editor {
  const labels = new Compartment();
  const chosen = new Chosen();
  let quiet = false;
  const view = new EditorView({
    parent: host,
    state: EditorState.create({
      doc: options.text,
      selection: EditorSelection.single(...options.selection),
      extensions: [
        keys(options, chosen), history(), EditorView.lineWrapping, closeBrackets(), bracketMatching({ brackets: '()[]{}（）' }),
        colours(options), completing(options), signatures(options), theme, labels.of(attributes(options)),
        keymap.of([...closeBracketsKeymap, ...historyKeymap, ...defaultKeymap.filter((one) => one.key !== 'Mod-Enter' && one.key !== 'Enter')]),
        EditorView.domEventHandlers({
          blur: (event) => options.onBlur(event),
          // What the page hears by single keys is none of its business here; F1 and the like are.
          keydown: (event) => { if (event.ctrlKey && (event.key === 'z' || event.key === 'y')) event.stopPropagation(); },
        }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged && completionStatus(update.startState) === null) chosen.by = 'nobody';
          if (completionStatus(update.state) === null) chosen.by = 'nobody';
          const text = update.state.doc.toString();
          if (update.docChanged && !quiet) options.onChange(text);
          if (update.docChanged || update.selectionSet || update.focusChanged) options.onCaret(text, update.state.selection.main.head);
        }),
      ],
    }),
  });
  return {
    get text() { return view.state.doc.toString(); },
    get focused() { return view.hasFocus; },
    get composing() { return view.composing; },
    set(text) {
      if (text === view.state.doc.toString()) return;
      quiet = true;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, selection: { anchor: text.length } });
      quiet = false;
    },
    mark(marks: readonly Mark[]) {
      const most = view.state.doc.length;
      const found = marks.map((mark): Diagnostic => ({
        from: Math.min(mark.from, most), to: Math.min(mark.to, most), severity: 'error', message: mark.text,
        ...(mark.fix === undefined ? {} : { actions: [{ name: mark.fix.say, apply: (of, from, to) => of.dispatch({ changes: { from, to, insert: mark.fix?.by ?? '' }, userEvent: 'input.complete' }) }] }),
      }));
      view.dispatch(setDiagnostics(view.state, found));
      view.contentDOM.setAttribute('aria-invalid', String(marks.length > 0));
    },
    insert(text) {
      view.dispatch(view.state.replaceSelection(text), { userEvent: 'input.complete' });
      view.focus();
    },
    replace(from, to, text) {
      view.dispatch({ changes: { from, to, insert: text }, selection: { anchor: from + text.length }, userEvent: 'input.complete' });
      view.focus();
    },
    select(from, to = from) {
      view.dispatch({ selection: EditorSelection.single(from, to), scrollIntoView: true });
    },
    focus: () => view.focus(),
    retext: () => view.dispatch({ effects: labels.reconfigure(attributes(options)) }),
    destroy: () => view.destroy(),
  };
}
