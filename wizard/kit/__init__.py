"""The house's own controls: what the steps and the window are made of. See `wizard/kit/gallery.py` for all of them in all states."""
from __future__ import annotations

from wizard.kit.banner import Banner
from wizard.kit.buttons import Button, IconButton, LinkButton, Segment
from wizard.kit.card import Card
from wizard.kit.fields import Check, Choice, Field, Number, Tag
from wizard.kit.panels import Hairline, KeyRows, Panel, Tall, scrolled
from wizard.kit.progress import Bar, FooterProgress
from wizard.kit.rail import Rail, RailItem
from wizard.kit.ring import FocusRing
from wizard.kit.table import Table
from wizard.kit.words import Elided, Words, big, body, caption, heading, label, strong, subtitle, title

__all__ = [
    "Banner", "Bar", "Button", "Card", "Check", "Choice", "Elided", "Field", "FocusRing", "FooterProgress", "Hairline", "IconButton",
    "KeyRows", "LinkButton", "Number", "Panel", "Rail", "RailItem", "Segment", "Table", "Tag", "Tall", "Words", "big", "body", "caption",
    "heading", "label", "scrolled", "strong", "subtitle", "title",
]
