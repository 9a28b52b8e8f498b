/** One place up in a list, without dragging. */
export const MoveUp = ({ action, name }: { action: string; name: string }) => (
  <form method="post" action={action}>
    <button class="button quiet">
      Move up<span class="hidden"> {name}</span>
    </button>
  </form>
)
