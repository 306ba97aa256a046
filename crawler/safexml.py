"""XML from strangers: no document types, no entities, nothing fetched."""

from lxml import etree

from models.errors import Unusable


def parse_xml(data: bytes, url: str) -> etree._Element:
    """The root of an XML document. Raises `Unusable` when it is not XML or declares a document type or entities."""
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(data.strip(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unusable(url, f"it is not XML that can be read ({error})") from error
    if etree.ElementTree(root).docinfo.internalDTD is not None:
        raise Unusable(url, "it declares a document type (DTD), which is refused")
    return root


def local(element: etree._Element) -> str:
    """The name of an element without its namespace; empty for a processing instruction."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
