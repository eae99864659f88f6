"""Labels of paths and nodes for people: items/2/decisions/0/lead is 第3项 · 牵头单位."""

from typing import Any

from minutes.corrections.paths import is_orphaned, original_place
from minutes.models import ActorRole, AttendanceRole
from minutes.parser.meeting_fields import MEETING_FIELDS
from minutes.parser.topics.classes import topic_classes

NAMES = {
    **{field.name: field.label for field in MEETING_FIELDS},
    "title": "标题",
    "position": "序号",
    "actions": "动作",
    "topics": "主题",
    "mentions": "提及的文件",
    "reported_by": "汇报单位",
    "outcome": "议定结果",
    "lead": "牵头单位",
    "supporting": "配合单位",
    "next_step": "下一步",
    "name": "姓名",
    "organization": "单位",
    "role": "出席情况",
    "note": "备注",
    "text": "文字",
    "marker": "编号",
    "stage": "稿次",
    "short_title": "简称",
}
# Elements of a list, labelled with their number.
NUMBERED = {
    "items": "第{}项",
    "attendance": "出席第{}条",
    "paragraphs": "第{}段",
    "documents": "议题文件{}",
    "decisions": "议定{}",
    "deadlines": "期限{}",
    "tasks": "任务{}",
    "opening_tasks": "开头的任务{}",
    "closing_tasks": "其他事项的任务{}",
}
ADDED = {
    "items": "新增议题{}",
    "attendance": "新增出席{}",
    "paragraphs": "新增段落{}",
    "documents": "新增文件{}",
    "decisions": "新增议定{}",
    "deadlines": "新增期限{}",
    "tasks": "新增任务{}",
    "opening_tasks": "新增开头的任务{}",
    "closing_tasks": "新增其他事项的任务{}",
}


FIRST_DECISION = NUMBERED["decisions"].format(1)


def name_of(place: str) -> str:
    """Return the label of a path: 第3项 · 牵头单位; an orphaned one is marked as such."""
    if is_orphaned(place):
        return f"{name_of(original_place(place))}（找不到位置）"
    words = []
    parts = iter(place.split("/"))
    for part in parts:
        if part in NUMBERED:
            words.append(name_of_record(part, next(parts, "")))
        else:
            words.append(NAMES.get(part, part))
    if FIRST_DECISION in words[:-1]:
        # Most items have one decision, whose fields are labelled as fields of the item.
        words.remove(FIRST_DECISION)
    return " · ".join(words)


def task_as_text(task: dict[str, Any]) -> str:
    """Return a task as text: actors with roles, matter, deadlines and next steps."""
    who = "、".join(f"{actor['text']}（{ActorRole(actor['role']).label}）" for actor in task["actors"])
    due = "；".join(node_as_text(deadline) for deadline in task["deadlines"])
    details = [f"期限：{due}"] if due else []
    if next_step := node_as_text(task.get("next_step")):
        details.append(f"下一步：{next_step}")
    return f"{who or '没有写明由谁办理'}：{task['text']}" + (f"（{'；'.join(details)}）" if details else "")


def name_of_record(kind: str, key: str) -> str:
    """Return the label of an element of a list, counted from 1.

    The first item is 第1项; the first added one is 新增议题1.
    """
    if key.startswith("+"):
        return ADDED[kind].format(key[1:])
    return NUMBERED[kind].format(int(key) + 1 if key.isdecimal() else key)


def node_as_text(node: Any) -> str:
    """Return a node as text on one line."""
    if node is None:
        return ""
    if isinstance(node, list):
        return "、".join(node_as_text(each) for each in node)
    if not isinstance(node, dict):
        return str(node)
    if "code" in node:
        return topic_classes()[node["code"]].name
    if "value" in node:
        return str(node["value"])
    if "actors" in node:
        return task_as_text(node)
    if "outcome" in node:
        said = (node_as_text(node[name]) for name in ("outcome", "lead", "supporting", "next_step"))
        return "　".join(words for words in said if words)
    if "role" in node:
        note = f"（{node['note']}）" if node["note"] else ""
        words = (
            AttendanceRole(node["role"]).label,
            node["organization"],
            node["title"],
            f"{node['name'] or '代表'}{note}",
        )
        return "　".join(word for word in words if word)
    if "text" in node:
        return f"{node.get('marker') or ''}{node['text']}" + (f"（{node['date']}）" if node.get("date") else "")
    if "short_title" in node:
        return f"《{node['title']}》" + (f"，简称《{node['short_title']}》" if node["short_title"] else "")
    if "position" in node:
        return f"第{node['position']}项　{node['title']['value']}"
    return "　".join(str(node[name]) for name in ("title", "name") if node.get(name))
