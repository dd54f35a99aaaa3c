/** The roles and their colours; pointing at one, or focusing it, lights its parts everywhere. */
import { ROLE_NAMES, growthColour, cssColour, roleColour } from '../../diagram/roles';
import type { Role } from '../../network/network';
import classes from './FlowView.module.css';
import { Notation } from './Notation';

/** The ramp of the dense layers as a gradient, other roles as one colour. */
function swatch(role: Role): string {
  if (role !== 'growth') return roleColour(role);
  const stops = [1, 2, 3, 4].map((i) => cssColour(growthColour(i, 4)));
  return `linear-gradient(to right, ${stops.join(', ')})`;
}

/** What the roles are called where their gradients are drawn. */
const GRADIENT_NAMES: Readonly<Record<Role, string>> = {
  ...ROLE_NAMES,
  part1: 'g₀′ beside the block',
  part2: 'g₀″ through the block',
  growth: 'g₁, g₂ … of the dense layers',
  transition: 'g_T (grey: arriving from the next stage)',
};

export function Legend({
  roles,
  isGradient,
  highlight,
  onEnter,
  onLeave,
}: {
  roles: readonly Role[];
  /** Whether the drawing shows gradients. */
  isGradient: boolean;
  highlight: string | null;
  onEnter: (role: Role) => void;
  onLeave: () => void;
}) {
  return (
    <ul className={classes.legend} aria-label="Colours of the parts">
      {roles.map((role) => (
        <li key={role}>
          <button
            type="button"
            className={classes.role}
            data-lit={highlight === role}
            onPointerEnter={() => onEnter(role)}
            onPointerLeave={onLeave}
            onFocus={() => onEnter(role)}
            onBlur={onLeave}
            onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
          >
            <span className={classes.swatch} style={{ background: swatch(role) }} />
            <span>
              <Notation text={(isGradient ? GRADIENT_NAMES : ROLE_NAMES)[role]} />
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
