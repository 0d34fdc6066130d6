"""What is wanted, what was seen, and whether that is enough."""

ALL = []


def judge(wanted, seen, is_met, shown=None):
    """Says it below the table that it belongs to, and remembers it for the list at the end; `shown` where a number alone says too little."""
    text = shown or (f"{seen:.2f}" if isinstance(seen, float) else str(seen))
    print(f"  wanted: {wanted}; seen: {text}, {'met' if is_met else 'NOT met'}")
    ALL.append({"wanted": wanted, "seen": seen, "shown": text, "met": bool(is_met)})


def print_list():
    if ALL:
        print(f"\nOf {len(ALL)} that are wanted, {sum(one['met'] for one in ALL)} are met")
        width = max(len(one["wanted"]) for one in ALL)
        for one in ALL:
            print(f"  {'met' if one['met'] else 'NOT met':<9}{one['wanted']:<{width + 2}}{one['shown']}")
