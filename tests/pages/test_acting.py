"""A refusal is said where the click was: inside the open drawer, at the top of the screen otherwise, and never lost."""

from streamlit.testing.v1 import AppTest


def screen() -> None:
    import streamlit as st

    from core.errors import InvalidInput
    from pages.widgets.acting import act, drawer, say_missed, show_outcome

    def work() -> None:
        if st.session_state.get("gone_after"):
            st.session_state["is_gone"] = True
        if not st.session_state.get("why"):
            raise InvalidInput("Не указана причина.", "Впишите её.")

    show_outcome()
    if not st.session_state.get("is_gone"):
        with drawer("box", "Снять", ":material/undo:"):
            st.text_input("Почему", key="why")
            st.button("Да", key="now", on_click=act, args=(work, "Снято.", ("box", "why")))
    with drawer("other", "Другое", ":material/add:"):
        st.write("…")
    st.caption("ниже")
    say_missed()


def order(run: AppTest) -> list[str]:
    """Return what stands on the screen from the top, the inside of a drawer left out."""
    shown = [run.main.children[place] for place in sorted(run.main.children)]
    said = shown[0].children.get(0)
    shown = [said, *shown[1:]] if said is not None and said.type in ("error", "success") else shown
    return [f"{one.type}: {getattr(one, 'value', '')}" for one in shown if one.type in ("error", "success", "caption")]


def test_a_refusal_stands_in_its_open_drawer_and_is_said_once():
    run = AppTest.from_function(screen)
    run.session_state["box"] = True
    run = run.run().button(key="now").click().run()
    assert not run.exception and order(run)[0].startswith("caption"), "nothing above the drawer, so nothing moves"
    inside = run.main.children[0].children
    assert inside[max(inside)].children[0].type == "error" and "Не указана причина" in run.error[0].value
    assert not run.run().error
    run = run.text_input(key="why").set_value("ошибка").run().button(key="now").click().run()
    assert order(run)[0] == "success: Снято." and run.session_state["why"] == "" and run.session_state["box"] is False


def test_with_the_drawer_closed_or_gone_it_is_said_at_the_top():
    run = AppTest.from_function(screen).run().button(key="now").click().run()
    assert order(run)[0].startswith("error: Не указана причина")
    run = AppTest.from_function(screen)
    run.session_state["box"], run.session_state["gone_after"] = True, True
    run = run.run().button(key="now").click().run()
    assert order(run)[0].startswith("error: Не указана причина") and not run.exception
    assert not run.run().error
