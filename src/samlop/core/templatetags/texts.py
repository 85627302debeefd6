"""``translate`` and ``blocktranslate`` as Django has them, with the fixed texts put in when the template is read.

Templates are kept once for each language (``core.template_loading``). A template is drawn in the language it was read
in, which is why a block in another language inside a template (``{% language %}``) is refused: make it a template of
its own, and draw it under ``translation.override``.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, NoReturn

from django import template
from django.template.base import FilterExpression, Node, Parser, TextNode, Token, Variable, render_value_in_context
from django.templatetags import i18n
from django.utils import translation
from django.utils.safestring import SafeString

register = template.Library()


@register.tag("translate")
@register.tag("trans")
def translate(parser: Parser, token: Token) -> Node:
    """``{% translate "Lagre" %}``: the text itself, when it is a fixed one."""
    node = i18n.do_translate(parser, token)
    if node.asvar or not _is_fixed(node.filter_expression) or not _is_fixed(node.message_context):
        return node
    return TextNode(node.render(template.Context(autoescape=True)))


@register.tag("blocktranslate")
@register.tag("blocktrans")
def blocktranslate(parser: Parser, token: Token) -> Node:
    """``{% blocktranslate with name=… %}Velg {{ name }}{% endblocktranslate %}``: only the values are put in later."""
    node = i18n.do_block_translate(parser, token)
    return Sentence(node) if _is_fixed(node.message_context) else node


@register.tag("language")
def language(parser: Parser, token: Token) -> NoReturn:
    """Not in our templates, see the head of this module."""
    raise template.TemplateSyntaxError(
        "Draw a template of its own under translation.override instead of {% language %}."
    )


def _is_fixed(expression: FilterExpression | None) -> bool:
    """Whether a text stands in the template, with nothing to look up or to change; none is fixed too."""
    if expression is None:
        return True
    var = expression.var
    return not expression.filters and not (isinstance(var, Variable) and var.lookups is not None)


class Sentence(Node):
    """A text with values in it. Its translation is found once; for singular and plural, the texts to choose between."""

    child_nodelists = ()

    def __init__(self, node: i18n.BlockTranslateNode) -> None:
        self.given = tuple(node.extra_context.items())
        self.counter, self.countervar, self.asvar = node.counter, node.countervar or "", node.asvar
        self.singular, names = node.render_token_list(node.singular)
        self.plural, more = node.render_token_list(node.plural) if node.plural else ("", [])
        self.names = tuple(dict.fromkeys([*names, *more]))
        self.about = node.message_context.resolve(template.Context()) if node.message_context else None
        self.text = "" if self.plural else self._alone()

    def render(self, context: template.Context) -> str:
        """The sentence with its values, each escaped as a template escapes."""
        values = {name: value.resolve(context) for name, value in self.given}
        text = self.text
        if self.counter is not None and self.plural:
            values[self.countervar] = count = self.counter.resolve(context)
            if not isinstance(count, (Decimal, float, int)):
                raise template.TemplateSyntaxError(f"{self.countervar} must be a number")
            text = self._counted(count)
        said = text % {name: self._shown(name, values, context) for name in self.names}
        if not self.asvar:
            return said
        context[self.asvar] = SafeString(said)
        return ""

    def _shown(self, name: str, values: dict[str, Any], context: template.Context) -> str:
        value = values[name] if name in values else context.get(name, "")
        return value if type(value) is SafeString else render_value_in_context(value, context)

    def _alone(self) -> str:
        return translation.pgettext(self.about, self.singular) if self.about else translation.gettext(self.singular)

    def _counted(self, count: Any) -> str:
        if self.about:
            return translation.npgettext(self.about, self.singular, self.plural, count)
        return translation.ngettext(self.singular, self.plural, count)
