// How one member of the reference reads: short, with links, and without what only its author needs.
import { Converter, ReferenceType, ReflectionKind } from "typedoc";
import { MarkdownTheme, MarkdownThemeContext } from "typedoc-plugin-markdown";

/** A value that is computed when it is read is a property to its reader, and stands in the table with the others. @param {import("typedoc").Context} context */
function accessorsAsProperties({ project }) {
  for (const reflection of project.getReflectionsByKind(ReflectionKind.Accessor)) {
    const member = /** @type {import("typedoc").DeclarationReflection} */ (reflection);
    const { getSignature } = member;
    if (getSignature === undefined || member.setSignature !== undefined) continue;
    const comment = getSignature.comment?.clone();
    // The description says it, and the type is in the table.
    comment?.removeTags("@returns");
    Object.assign(member, { kind: ReflectionKind.Property, type: getSignature.type, comment });
    member.flags.setFlag(1 << 7 /* readonly */, true);
    delete member.getSignature;
  }
}

class Context extends MarkdownThemeContext {
  constructor(/** @type {ConstructorParameters<typeof MarkdownThemeContext>} */ ...given) {
    super(...given);
    const { comment, signature } = this.partials;
    this.partials = {
      ...this.partials,
      // Every page shows all that its subject has; where a member comes from is for the sources.
      inheritance: () => "",
      hierarchy: (model) => this.#parents(model),
      constructor: (model, options) =>
        (model.signatures ?? []).map((each) => this.partials.signature(each, { headingLevel: options.headingLevel + 1 })).join("\n\n"),
      signature: (model, options) => (options.headingLevel < 4 ? signature(model, options) : this.#method(model, options, comment)),
    };
  }

  /** What an interface extends, by name. The base classes of estimators and models are for those who write such. */
  #parents(/** @type {import("typedoc").DeclarationHierarchy} */ { types, isTarget }) {
    if (isTarget === true || this.page.model.kind === ReflectionKind.Class) return "";
    const named = types.filter((type) => type instanceof ReferenceType);
    const links = named.map(({ name, reflection }) =>
      reflection !== undefined && this.router.hasUrl(reflection) ? `[\`${name}\`](${this.urlTo(reflection)})` : `\`${name}\``,
    );
    return links.length === 0 ? "" : `Extends ${links.join(", ")}.`;
  }

  /** A method: its head, a sentence, parameters as a list; no headings of their own. */
  #method(model, options, comment) {
    const said = options.multipleSignatures ? model.comment : (model.comment ?? model.parent?.comment);
    const parameters = (model.parameters ?? []).map((parameter) => {
      const type = parameter.type === undefined ? "" : oneLine(this.partials.someType(parameter.type));
      const about = parameter.comment === undefined ? "" : oneLine(comment(parameter.comment, { isTableColumn: true }));
      return `- \`${parameter.name}${parameter.flags.isOptional ? "?" : ""}\`: ${type}${about === "" ? "" : `, ${about}`}`;
    });
    const returned = model.comment?.getTag("@returns");
    const isVoid = model.type?.type === "intrinsic" && model.type.name === "void";
    const hasReturn = model.type !== undefined && model.kind !== ReflectionKind.ConstructorSignature && !(isVoid && returned === undefined);
    const answer = [
      ...(hasReturn ? [oneLine(this.partials.someType(model.type))] : []),
      ...(hasReturn && returned !== undefined ? [oneLine(this.helpers.getCommentParts(returned.content))] : []),
    ];
    const thrown = (said?.getTags("@throws") ?? []).map(({ content }) => `- **throws** ${oneLine(this.helpers.getCommentParts(content))}`);
    const rest = said?.clone();
    rest?.removeTags("@throws");
    return [
      ...(options.hideTitle ? [] : [this.partials.signatureTitle(model, { accessor: options.accessor })]),
      said === undefined ? "" : comment(said, { showTags: false }),
      [...parameters, ...(answer.length === 0 ? [] : [`- **returns** ${answer.join(", ")}`]), ...thrown].join("\n"),
      rest === undefined ? "" : comment(rest, { showSummary: false }),
    ]
      .filter((part) => part.trim() !== "")
      .join("\n\n");
  }
}

/** @param {string} text */
function oneLine(text) {
  // A union is written with a bar before its first part, too.
  return text
    .replaceAll(/\s*\n\s*/g, " ")
    .trim()
    .replace(/^\\\| /, "");
}

class Theme extends MarkdownTheme {
  getRenderContext(/** @type {any} */ page) {
    return new Context(this, page, this.application.options);
  }
}

/** @param {import("typedoc-plugin-markdown").MarkdownApplication} app */
export function load(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, accessorsAsProperties);
  app.renderer.defineTheme("mixtura", Theme);
}
