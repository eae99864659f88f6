"""Tools of the MCP server; answers carry quote, permalink and fingerprint."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from asgiref.sync import sync_to_async
from django.db import close_old_connections
from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError

from api.mcp.quotes import quote, quotes_of_words
from api.mcp.records import read

INSTRUCTIONS = (
    "会议纪要档案：各级政府会议纪要的公开档案。回答时引用 quote、quotes 里的原句，并给出 permalink。"
    "纪要没有写明的，档案也不知道；没有后续记录不等于没有下文。"
)
MOST_RESULTS = 20


def make_server() -> MCPServer:
    """Return a server with all tools; they read published records only."""
    server = MCPServer("会议纪要档案", instructions=INSTRUCTIONS)
    for tool in (search, meeting, item, document, unit, tasks):
        server.add_tool(in_thread(tool), name=tool.__name__, description=tool.__doc__, structured_output=False)
    return server


def in_thread(tool: Callable[..., Any]) -> Callable[..., Any]:
    """Run a tool in a thread, because the ORM must not run in the event loop."""

    @wraps(tool)
    async def run(**arguments: Any) -> Any:
        return await sync_to_async(with_fresh_connection(tool))(**arguments)

    return run


def with_fresh_connection(tool: Callable[..., Any]) -> Callable[..., Any]:
    def run(**arguments: Any) -> Any:
        close_old_connections()
        try:
            return tool(**arguments)
        finally:
            close_old_connections()

    return run


def search(query: str, body: str = "", year: str = "", organization: str = "", limit: int = 10) -> dict[str, Any]:
    """检索会议纪要。query 写法：空格并列，引号逐字，-词 排除；body、organization 写名称，year 写四位年份。"""
    found = read("api-v1-search", q=query, body=body, years=year, organization=organization)
    results = found["results"][: max(1, min(limit, MOST_RESULTS))]
    items = [each for each in results if each["item"] and each["passage"] and each["passage"]["matches"]]
    quotes = quotes_of_words((each["item"]["id"], first_match(each["passage"])) for each in items)
    for each, quoted in zip(items, quotes, strict=True):
        each["quote"] = quoted
    return {"total": found["total"], "results": results}


def first_match(passage: dict[str, Any]) -> str:
    """Return the text from the first to the last hit within one sentence."""
    start, end = passage["matches"][0]
    return passage["text"][start:end]


def meeting(id: int) -> dict[str, Any]:
    """一次会议：时间、地点、主持、文号和全部议题。"""
    return read("api-v1-meeting-detail", id)


def item(meeting: int, position: int) -> dict[str, Any]:
    """会议的一项议题：议定意见、单位、文件和正文；quotes 是每一段原文和它的固定链接。"""
    found = read("api-v1-item-list", meeting=meeting)
    for each in found["results"]:
        if each["position"] == position:
            return each | {"quotes": quotes_of(meeting, each)}
    raise ToolError(f"会议 {meeting} 没有第 {position} 项议题。")


def quotes_of(meeting: int, item: dict[str, Any]) -> list[dict[str, str]]:
    return [
        quote(f"{meeting}/{item['position']}/{paragraph['position']}", f"{paragraph['marker']}{paragraph['text']}")
        for paragraph in item["paragraphs"]
    ]


def document(title: str, body: str = "") -> dict[str, Any]:
    """按标题找上过会的文件，和审议它的议题。"""
    found = read("api-v1-document-list", title=title, body=body)
    for each_document in found["results"][:MOST_RESULTS]:
        items = read("api-v1-item-list", document=each_document["id"])["results"]
        each_document["items"] = [each | {"quotes": quotes_of(each["meeting"]["id"], each)} for each in items]
    return found


def unit(name: str, body: str = "") -> dict[str, Any]:
    """按名称找单位；同名的单位看 body 属于哪个政府。"""
    return read("api-v1-organization-list", name=name, body=body)


def tasks(organization: str, body: str = "", year: str = "", role: str = "") -> dict[str, Any]:
    """会议交给一个单位的任务：原句、角色、期限；role 为 lead、supporting、leader 或 reviewing。"""
    found = read("api-v1-task-list", organization=organization, body=body, year=year, role=role)
    of_items = [each for each in found["results"] if each["item"]]
    quotes = quotes_of_words((each["item"]["id"], each["text"]) for each in of_items)
    for each, quoted in zip(of_items, quotes, strict=True):
        each["quote"] = quoted
    return found
